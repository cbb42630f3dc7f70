"""Evaluated values in, pages out. Pure: no files, no clock."""
