"""`make bench`: how long builds take, and how that compares with other programs on the same machine in the same minute."""
