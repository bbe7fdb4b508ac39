"""A phone for the patient and one for the nurse: stand-ins of Telegram, of Twilio and of time."""
