"""A finished site on its way out: its links are checked, and what changed of it is sent."""
