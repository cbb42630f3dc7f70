"""Questions to the fact base: answers, the view that records reads, conflicts, queries."""
