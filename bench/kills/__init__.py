"""Workers that are killed at random while they deliver, and what the provider saw: `make kills`."""
