"""A brief's HTML for paper in, a Word document out."""
