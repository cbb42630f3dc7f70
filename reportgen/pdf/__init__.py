"""Print HTML in, a PDF/UA-1 and PDF/A-3a out."""
