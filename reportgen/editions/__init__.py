"""Editions: what was said on a day, frozen; what became of it since, and whether somebody said why."""
