"""The file of the fact database: each thread opens it for itself, one looks through it, and all notice another."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from api.errors import QueryTimeoutError
from api.release import Release, find_damage, read_release
from dataset.checksum import has_its_checksum
from dataset.errors import DatabaseError
from dataset.model import APPLICATION_ID, SCHEMA_VERSION

_REMEDY = "build it with: make data"
FileVersion = tuple[int, int, int, int, int]

_STEPS = 20_000  # instructions of SQLite between two looks at the clock
_MOMENT = 1.0  # seconds that a request waits for another that looks through the file
_TICK = 50_000_000  # nanoseconds, more than the clock of any file system takes to go on
_PATIENCE = 0.1  # seconds that a lock may last: nobody who builds a release locks the one that is served


class _UnseenError(DatabaseError):
    """A version of the file that another thread is looking through."""


@dataclass(eq=False, slots=True)
class _Opened:
    """One version of the file as a thread has it open, for its rows and for its bytes.

    It is closed when the thread ends; of itself a connection is in a cycle, and stays open for long.
    """

    file: FileIO
    version: FileVersion
    connection: sqlite3.Connection

    def close(self) -> None:
        self.file.close()
        self.connection.close()

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # of another thread, where the whole process ends
            self.close()


class _Held(threading.local):
    """What a thread holds open, and which release that is."""

    served: tuple[_Opened, Release] | None = None
    deadline: float = 0.0  # when the request that runs has taken too long, on the monotonic clock


class Database:
    """The file at `path`; it may be missing now and there for the next request."""

    def __init__(self, path: Path, timeout: float) -> None:
        self.path = path
        self._timeout = timeout
        self._held = _Held()
        self._checking = threading.Lock()
        self._verdict: tuple[FileVersion, Release | str] | None = None  # a sound file's release, or what is wrong
        self._tedious: FileVersion | None = None  # what is not looked through within a moment

    def connect(self) -> tuple[sqlite3.Connection, Release]:
        """Return the thread's connection to the file as it is now, and its release, for one request.

        While another thread looks through a file that was swapped in, the one that this thread has open serves on.
        DatabaseError where the file cannot be served, or where another thread takes long to look through it.
        """
        held = self._held
        while (served := held.served) is None or served[0].version != (version := self._file_version()):
            serves_on = served is not None and served[0].version[:2] != version[:2]  # the inode is as it was
            try:
                another = self._open(may_wait=not serves_on)
            except DatabaseError as error:
                if served and serves_on and isinstance(error, _UnseenError):
                    break
                self.close()
                raise
            self.close()
            held.served = another  # and looked at once more: a third may have been swapped in
        self.renew_time()
        return served[0].connection, served[1]

    def find_release(self) -> Release | None:
        """Return the release of the file as it is now, None where that was not found whole yet."""
        verdict = self._verdict
        try:
            if verdict and isinstance(verdict[1], Release) and verdict[0] == self._file_version():
                return verdict[1]
        except DatabaseError:
            pass
        return None

    def open_file(self) -> int:
        """Return a descriptor of the file that the thread's connection reads, for `os.pread`: its offset is shared."""
        if self._held.served is None:
            raise DatabaseError(f"{self.path.name} cannot be read", _REMEDY)
        try:
            return os.dup(self._held.served[0].file.fileno())
        except OSError as error:
            raise self._unreadable(error) from error

    def renew_time(self) -> None:
        """Let the request that runs in this thread take as long again as it may."""
        self._held.deadline = time.monotonic() + self._timeout

    @property
    def is_late(self) -> bool:
        """Whether the request that runs in this thread has taken longer than it may."""
        return time.monotonic() > self._held.deadline

    def close(self) -> None:
        """Close what the thread has open, if it has."""
        if self._held.served is not None:
            self._held.served[0].close()
            self._held.served = None

    def explain(self, error: sqlite3.DatabaseError) -> Exception:
        """Say what SQLite finds wrong with the file, or that a question takes too long.

        The connection is closed, so that the next request starts afresh.
        """
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            return self.late()
        self.close()
        return DatabaseError(f"{self.path.name} cannot be read ({error})", _REMEDY)

    def late(self) -> QueryTimeoutError:
        """Say that a question takes too long to answer."""
        return QueryTimeoutError(
            f"the answer took longer than {self._timeout:g} seconds",
            remedy="ask for less: add filters, or sort by one key",
        )

    def _unreadable(self, error: OSError) -> DatabaseError:
        if isinstance(error, FileNotFoundError):
            return DatabaseError(f"{self.path.name} is missing", _REMEDY)
        return DatabaseError(f"{self.path.name} cannot be read ({error.strerror})", _REMEDY)

    def _file_version(self) -> FileVersion:
        try:
            return _version_of(self.path.stat())
        except OSError as error:
            raise self._unreadable(error) from error

    def _open(self, may_wait: bool) -> tuple[_Opened, Release]:
        """Open the file as it is now, and look through it where that was not done yet."""
        while True:
            opened = self._open_both()
            try:
                release = self._prepare(opened, may_wait)
            except sqlite3.DatabaseError as error:
                opened.close()
                raise self.explain(error) from error
            except Exception:
                opened.close()
                raise
            if release is not None:
                return opened, release
            opened.close()

    def _open_both(self) -> _Opened:
        """Open the file twice, as SQLite opens it by its name alone."""
        while True:
            try:
                file = self.path.open("rb", buffering=0)
            except OSError as error:
                raise self._unreadable(error) from error
            try:
                uri = f"{self.path.absolute().as_uri()}?mode=ro"
                connection = sqlite3.connect(uri, uri=True, timeout=_PATIENCE)
            except sqlite3.DatabaseError as error:
                file.close()
                raise self.explain(error) from error
            opened = _Opened(file, _version_of(os.fstat(file.fileno())), connection)
            if self._is_current(opened):  # and was so since: no other file has its inode while it is open
                return opened
            opened.close()

    def _is_current(self, opened: _Opened) -> bool:
        return opened.version == self._file_version()

    def _prepare(self, opened: _Opened, may_wait: bool) -> Release | None:
        """Return the release of a sound file, None where another stands in its place by now."""
        opened.connection.row_factory = sqlite3.Row
        opened.connection.execute("PRAGMA query_only = ON")
        self._check(opened.connection)
        found = self._check_once(opened, may_wait)
        if isinstance(found, str):
            raise DatabaseError(f"{self.path.name} {found}", _REMEDY)
        opened.connection.set_progress_handler(lambda: self.is_late, _STEPS)
        return found

    def _check(self, connection: sqlite3.Connection) -> None:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise DatabaseError(f"{self.path.name} is not a Factline database", _REMEDY)
        release = connection.execute("SELECT schema_version FROM release").fetchone()
        if release is None or release["schema_version"] != SCHEMA_VERSION:
            raise DatabaseError(f"{self.path.name} was not built for schema version {SCHEMA_VERSION}", _REMEDY)

    def _check_once(self, opened: _Opened, may_wait: bool) -> Release | str | None:
        """Look through the whole file, once for each version of it, sound or not."""
        verdict = self._verdict
        if verdict is not None and verdict[0] == opened.version:
            return verdict[1]
        patience = _MOMENT if may_wait and self._tedious != opened.version else 0
        if not self._checking.acquire(timeout=patience):
            if may_wait:
                self._tedious = opened.version  # nobody waits any more: the threads are there for others as well
            raise _UnseenError(f"{self.path.name} is being looked through", "ask again in a few seconds")
        try:
            return self._judge(opened)
        finally:
            self._checking.release()

    def _judge(self, opened: _Opened) -> Release | str | None:
        """Return the release of a sound file, what is wrong with another, None where that stands there no more."""
        if not self._is_current(opened):
            return None
        if self._verdict is None or self._verdict[0] != opened.version:
            found = self._look_through(opened)
            if not self._is_current(opened):
                return found if isinstance(found, str) else None
            self._verdict = opened.version, found
        return self._verdict[1]

    def _look_through(self, opened: _Opened) -> Release | str:
        """Half a millisecond a megabyte."""
        whole = self._is_whole()
        if not whole and time.time_ns() - opened.version[3] < _TICK:
            time.sleep(_TICK / 1e9)  # what is written within one tick of the clock of files leaves the same version
            whole = self._is_whole()
        return read_release(opened.connection) if whole else find_damage(opened.connection)

    def _is_whole(self) -> bool:
        try:
            return has_its_checksum(self.path)
        except OSError as error:
            raise self._unreadable(error) from error


def _version_of(status: os.stat_result) -> FileVersion:
    """What changes with the file; the time of its status cannot be set back, and tells of lost permissions too."""
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size
