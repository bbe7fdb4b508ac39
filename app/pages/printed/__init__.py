"""The pre-visit summary on A4: its parts as data, and the pages that are made of them."""
