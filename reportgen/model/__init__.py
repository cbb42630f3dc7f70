"""What the program knows, as frozen values. Nothing here reads a file, and a value never changes once made."""
