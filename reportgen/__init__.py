"""Policy briefs in which no number is typed by hand."""
