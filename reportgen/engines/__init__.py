"""Everything with an effect but the output: external programs, the archive, the lock, fonts."""
