"""From the files of seeds/ to documents: bytes to text, the text made uniform, metadata, language.

`batch` runs the parts in order for one batch of seeds; whatever is wrong with a seed becomes a row of the problems
table.
"""
