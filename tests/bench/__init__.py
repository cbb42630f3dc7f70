"""`make bench`: how long builds take, beside other programs on the same machine in the same minute."""
