"""The Telegram Bot API, as far as a bot for private chats meets it."""
