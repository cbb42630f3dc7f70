"""From a source to a fact: adding, proposing, writing."""
