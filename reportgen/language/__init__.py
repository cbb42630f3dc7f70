"""What a language says of numbers: its lexicon, the reader of number phrases, and how they are compared. Pure."""
