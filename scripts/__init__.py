"""Newsloom: from news text to a report on who is quoted, on what, and in whose frame."""
