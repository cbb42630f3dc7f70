"""Authors' files in, a Project and every problem in them out. The one place where raw dicts live."""
