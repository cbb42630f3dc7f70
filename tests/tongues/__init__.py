"""Tests of one fact base in several languages."""
