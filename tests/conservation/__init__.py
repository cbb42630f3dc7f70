"""Whatever authors write is printed whole, or told."""
