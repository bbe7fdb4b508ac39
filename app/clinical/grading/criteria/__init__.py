"""CTCAE v5.0 as tables, one file a family."""
