"""Tests of the lexicon and of the reader of number phrases."""
