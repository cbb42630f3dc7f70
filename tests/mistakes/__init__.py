"""Mistakes of authors, and of the world: told, never called the program's own fault."""
