"""Measurements: what the steps get right on gold data, and what they cost."""
