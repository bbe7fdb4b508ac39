"""What Twilio answers when it refuses."""

from aiohttp import web


class Refusal(Exception):
    def __init__(self, code: int, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.message, self.status = code, message, status


def refused(refusal: Refusal, retry_after: int | None = None) -> web.Response:
    body = {
        "code": refusal.code,
        "message": refusal.message,
        "more_info": f"https://www.twilio.com/docs/errors/{refusal.code}",
        "status": refusal.status,
    }
    headers = {"Retry-After": str(retry_after)} if retry_after else None
    return web.json_response(body, status=refusal.status, headers=headers)


def described(status: int, error_code: int | None) -> Refusal:
    """The refusal that a fault asks for."""
    known = {401: (20003, "Authenticate"), 404: (20404, "The resource was not found"),
             429: (20429, "Too Many Requests"), 503: (20503, "Service Unavailable")}  # fmt: skip
    code, message = known.get(status, (20500, "Internal Server Error"))
    return Refusal(error_code or code, message, status)
