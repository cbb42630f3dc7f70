"""What a language says of numbers: its lexicon, the reader of number phrases, and their comparison. Pure but for the lexicon's files."""
