"""Word documents for comments."""
