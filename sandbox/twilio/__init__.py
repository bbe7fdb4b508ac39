"""Twilio, as far as short messages and a spoken alarm meet it."""
