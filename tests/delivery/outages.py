"""What can be taken away from the processes, and given back: a database, and room on the disk."""

import socket
import sqlite3
import threading
from contextlib import suppress

from sqlalchemy import Engine, event, make_url

from tests.story.processes import free_port


class Wire:
    """A way to PostgreSQL that can be cut, as when its machine goes away."""

    def __init__(self, database_url: str) -> None:
        there = make_url(database_url)
        self._to, self._port = (there.host, there.port or 5432), free_port()
        self._ends: list[socket.socket] = []
        self._joining = threading.Lock()
        here = there.set(host="127.0.0.1", port=self._port)
        self.url = here.render_as_string(hide_password=False)
        self.back()

    def back(self) -> None:
        self._server = socket.create_server(("127.0.0.1", self._port))
        threading.Thread(target=self._accept, args=[self._server], daemon=True).start()

    def away(self) -> None:
        """Nobody answers, and who was connected is cut off."""
        with self._joining:
            for one in (self._server, *self._ends):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()
            self._ends.clear()

    def _accept(self, server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = server.accept()
                with self._joining:
                    self._join(near)

    def _join(self, near: socket.socket) -> None:
        if self._server.fileno() < 0:  # cut off since
            near.close()
            return
        far = socket.create_connection(self._to)
        self._ends += [near, far]
        for ends in ((near, far), (far, near)):
            threading.Thread(target=_pass_on, args=ends, daemon=True).start()


def _pass_on(here: socket.socket, there: socket.socket) -> None:
    with suppress(OSError):
        while data := here.recv(65536):
            there.sendall(data)
        there.shutdown(socket.SHUT_RDWR)


class Lock:
    """A SQLite file that somebody has locked for longer than anyone waits."""

    def __init__(self, database_url: str) -> None:
        self.url = database_url
        self._path = database_url.removeprefix("sqlite:///")

    def away(self) -> None:
        self._holder = sqlite3.connect(self._path, isolation_level=None, timeout=60, check_same_thread=False)
        self._holder.execute("BEGIN EXCLUSIVE")

    def back(self) -> None:
        self._holder.execute("ROLLBACK")
        self._holder.close()


class Disk:
    """The disk of a SQLite file: full means that the file cannot grow any more."""

    _SIZE_OF_ALL = 1_073_741_823  # pages, SQLite's own limit

    def __init__(self, engine: Engine) -> None:
        self._full = False
        event.listen(engine, "checkout", self._limit)

    def fill(self) -> None:
        self._full = True

    def make_room(self) -> None:
        self._full = False

    def _limit(self, connection, _record, _proxy) -> None:  # type: ignore[no-untyped-def]
        size = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={size if self._full else self._SIZE_OF_ALL}")
