"""Font files in, what the site and the PDFs need of them out: metrics, web fonts, fallbacks, coverage."""
