"""Targets in, a site out: what is stale is made again, and nothing else. Empty, so that `fresh` imports quickly."""
