"""Saved sources: opened, their words extracted, quotes found in them, evidence.lock."""
