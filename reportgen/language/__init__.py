"""One lexicon: numbers, units, currencies, relations and months of each language, for reading, printing and finding."""
