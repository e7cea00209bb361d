"""Review: how right the machine is. Takes its tables and a person's judgement; gives measured error.

`evaluation` scores attributions against gold data.
Its product is results/evaluation/attribution.md.
"""
