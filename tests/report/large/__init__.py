"""Tests of the corpus beside the page."""
