"""Training: makes the shipped weights and counts from gold data. Nothing in scripts/ imports it."""
