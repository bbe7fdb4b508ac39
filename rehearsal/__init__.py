"""A virtual cohort through the real services on a moved clock, judged by an oracle of its own."""
