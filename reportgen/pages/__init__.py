"""Evaluated values in, HTML for screen and paper out; the theme."""
