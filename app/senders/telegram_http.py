"""python-telegram-bot's requests over one aiohttp session with kept connections."""

from dataclasses import dataclass
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a call, ready as text: what `do_request` needs of a RequestData."""

    json_parameters: dict[str, str]
    contains_files: bool = False


class AiohttpRequest(BaseRequest):
    """The transport: an HTTP status and a body, or TimedOut, or NetworkError."""

    def __init__(self, read_timeout_s: float = 20.0, connections: int = 64) -> None:
        self._read_timeout_s = read_timeout_s
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_timeout_s

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def read_at_most(self, url: str, at_most: int) -> bytes | None:
        """A file, or None when it has more bytes. Raises TimedOut, NetworkError."""
        assert self._session is not None, "initialize() comes first"
        timeout = aiohttp.ClientTimeout(total=self._read_timeout_s)
        try:
            async with self._session.get(url, timeout=timeout) as answer:
                if answer.status != 200:
                    raise NetworkError(f"Telegram: {answer.status} for a file")
                return await _within(answer.content, at_most)
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(f"Telegram: {type(error).__name__}") from error

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | Form | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._read_timeout_s
        assert self._session is not None, "initialize() comes first"
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=aiohttp.ClientTimeout(total=seconds)
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(f"Telegram: {type(error).__name__}") from error


async def _within(stream: aiohttp.StreamReader, at_most: int) -> bytes | None:
    content = bytearray()
    async for chunk in stream.iter_chunked(65536):
        content += chunk
        if len(content) > at_most:
            return None
    return bytes(content)


def _body(data: RequestData | Form | None) -> Any:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
