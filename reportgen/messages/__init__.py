"""What each message means: a page a code, as the command line prints it and docs/messages.md lists it."""
