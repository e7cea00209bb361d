"""Frames that scholars have defined, found by dictionaries of cues, by sentence and by the voice that uses them."""
