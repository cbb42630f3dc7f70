"""Project in, evaluated briefs out. Pure: no files, no clock; what cites and what draws is handed in."""
