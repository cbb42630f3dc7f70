"""Files for other programs: JSON, CSV, SQLite, data package, feeds, metadata, attachments."""
