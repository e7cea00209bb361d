"""How right the attributions are: scores on gold data with intervals, kinds of error, and floors that must hold."""
