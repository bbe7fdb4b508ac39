"""What the control answers when it cannot do as told: RFC 9457."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Problem(Exception):
    def __init__(self, status: int, detail: str, pointer: str | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.pointer = status, detail, pointer


def problem_response(problem: Problem) -> web.Response:
    titles = {400: "Bad Request", 403: "Forbidden", 404: "Not Found", 422: "Unprocessable Content"}
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": titles.get(problem.status, "Bad Gateway"),
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.pointer:
        body["errors"] = [{"pointer": problem.pointer, "detail": problem.detail}]
    return web.json_response(body, status=problem.status, content_type="application/problem+json")


def control(handler: Handler) -> Handler:
    """Let a handler raise Problem."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        try:
            _check_origin(request)
            return await handler(request)
        except Problem as problem:
            return problem_response(problem)

    return guarded


def _check_origin(request: web.Request) -> None:
    """The phones obey their own page, and no other page that is open in the browser."""
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        raise Problem(403, f"The phones do not obey {origin}.")


async def read_body(request: web.Request, needed: set[str], allowed: set[str]) -> dict[str, Any]:
    try:
        body = await request.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise Problem(400, "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise Problem(422, "An object is wanted.", "")
    check_fields(body, needed, needed | allowed)
    return body


def check_fields(body: dict[str, Any], needed: set[str], allowed: set[str], at: str = "") -> None:
    for name in sorted(needed - set(body)):
        raise Problem(422, f"{name} is missing.", f"{at}/{name}")
    for name in sorted(set(body) - allowed):
        raise Problem(422, f"{name} is not known here.", f"{at}/{name}")


def whole(body: dict[str, Any], name: str) -> int:
    try:
        return int(body[name])
    except (TypeError, ValueError):
        raise Problem(422, f"{name} is a whole number.", f"/{name}") from None
