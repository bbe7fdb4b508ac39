"""The clinical core: pure functions over values, with every constant's source beside it."""
