"""What the Bot API answers when it refuses."""


class Refusal(Exception):
    def __init__(self, description: str, code: int = 400, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.description, self.code, self.retry_after = description, code, retry_after


def bad_request(description: str) -> Refusal:
    return Refusal(f"Bad Request: {description}")


def conflict(description: str) -> Refusal:
    return Refusal(f"Conflict: {description}", 409)


DESCRIPTIONS = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
}


def described(code: int, retry_after: int | None) -> Refusal:
    """The refusal that a fault asks for."""
    if code == 429:
        wait = retry_after or 1
        return Refusal(f"Too Many Requests: retry after {wait}", 429, wait)
    return Refusal(DESCRIPTIONS.get(code, "Error"), code, retry_after)
