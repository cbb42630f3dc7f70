"""Quotes found in archived texts, and numbers read out of quotes. Pure: no files, no clock."""
