"""Everything that a site is made of, as build targets: one a page, a drawing, a PDF, a data file.

Targets say what they read while they read it; nothing is declared.
"""
