"""A brief and a view of the fact base in, an evaluated brief out: calls, Markdown, digits, citations, figures."""
