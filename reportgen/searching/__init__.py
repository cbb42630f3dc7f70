"""Pages in, the search index out."""
