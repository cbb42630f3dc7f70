"""The command line: words in, words and an exit code out. Everything that is decided is decided below it."""
