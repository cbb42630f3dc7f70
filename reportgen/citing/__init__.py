"""Citations and CSL items in, formatted text out: pandoc's citeproc and the CSL styles."""
