"""Use cases: take a Work and values, return frozen values; never commit, never send."""
