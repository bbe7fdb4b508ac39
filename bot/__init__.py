"""The patient's side: flows as data, a conversation over them, and Telegram."""
