"""What a browser may load and keep of an answer, of pages and API alike."""

from flask import Flask, Response, request

from app.settings import Settings

_PAGE = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "media-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# A drawing, or the library's page about the API, shows its own styles and runs nothing.
_STYLED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
_NOTHING = "default-src 'none'; frame-ancestors 'none'"
_OURS = {"pages", "security", "bootstrap"}
_A_YEAR = "max-age=31536000"


def guard(app: Flask, settings: Settings) -> None:
    """Add the headers; over HTTPS browsers are told to ask by nothing else (RFC 6797)."""
    is_https = settings.public_url.startswith("https:")

    def guarded(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = _policy(response)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        if "static" not in (request.endpoint or ""):
            headers["Cache-Control"] = "no-store"
        if is_https:
            headers["Strict-Transport-Security"] = _A_YEAR
        return response

    app.after_request(guarded)


def _policy(response: Response) -> str:
    if response.mimetype == "image/svg+xml" or request.blueprint == "openapi":
        return _STYLED
    return _PAGE if request.blueprint in _OURS or request.url_rule is None else _NOTHING
