"""What the environment can change about the service.

FACTLINE_DATASET            dataset           folder of the dataset; its facts.db is the database
FACTLINE_DB                 dataset/facts.db  another database to build and to serve
HOST                        127.0.0.1         address to listen on
PORT                        8000              TCP port to listen on
FACTLINE_WORKERS            2                 processes
FACTLINE_THREADS            4                 threads of each process
FACTLINE_TIMEOUT            30                seconds after which a stuck worker is replaced
FACTLINE_GRACEFUL_TIMEOUT   10                seconds that running requests get when the service stops
FACTLINE_QUERY_TIMEOUT      5                 seconds that one request may spend in the database, up to 600
FACTLINE_ACCESS_LOG         json              one line of JSON on standard output for each request, or off
FACTLINE_PROXIES            0                 reverse proxies in front whose X-Forwarded-For and -Proto are believed
FACTLINE_RATE_LIMIT         off               requests that one client may make, such as 100/minute
FACTLINE_RATE_LIMIT_STORAGE memory://         memory:// counts in each process for itself, a Redis URL once for all
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from limits import parse_many

from dataset.errors import InputError

PROJECT = Path(__file__).resolve().parent.parent
OFF = "off"
_PREFIX = re.compile(r"(/[!-.0-~]+)*")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one service, with their defaults; durations are in seconds."""

    db: Path = PROJECT / "dataset" / "facts.db"
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    threads: int = 4
    timeout: int = 30
    graceful_timeout: int = 10
    query_timeout: int = 5
    access_log: str = "json"
    proxies: int = 0
    rate_limit: str = OFF
    rate_limit_storage: str = "memory://"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the settings; InputError names the variable that is malformed."""
        default = cls()
        _check_prefix(environment, "SCRIPT_NAME")
        dataset = _text(environment, "FACTLINE_DATASET", str(default.db.parent))
        return cls(
            db=Path(_text(environment, "FACTLINE_DB", str(Path(dataset) / default.db.name))),
            host=_text(environment, "HOST", default.host),
            port=_number(environment, "PORT", default.port, most=65535),
            workers=_number(environment, "FACTLINE_WORKERS", default.workers),
            threads=_number(environment, "FACTLINE_THREADS", default.threads),
            timeout=_number(environment, "FACTLINE_TIMEOUT", default.timeout),
            graceful_timeout=_number(environment, "FACTLINE_GRACEFUL_TIMEOUT", default.graceful_timeout),
            query_timeout=_number(environment, "FACTLINE_QUERY_TIMEOUT", default.query_timeout, most=600),
            access_log=_choice(environment, "FACTLINE_ACCESS_LOG", (default.access_log, OFF)),
            proxies=_number(environment, "FACTLINE_PROXIES", default.proxies, least=0, most=10),
            rate_limit=_rate_limit(environment, "FACTLINE_RATE_LIMIT", default.rate_limit),
            rate_limit_storage=_storage(environment, "FACTLINE_RATE_LIMIT_STORAGE", default.rate_limit_storage),
        )


def _text(environment: Mapping[str, str], name: str, default: str) -> str:
    value = environment.get(name, default)
    if not value or not value.isprintable():
        raise InputError(f"{name} is {value!r}", f"leave it unset for {default}, or give it a value")
    return value


def _number(environment: Mapping[str, str], name: str, default: int, *, least: int = 1, most: int = 1000) -> int:
    value = environment.get(name, str(default))
    if not (value.isascii() and value.isdigit() and len(value) < 6 and least <= int(value) <= most):
        raise InputError(f"{name} is {value!r}", f"give it a whole number from {least} to {most}, such as {default}")
    return int(value)


def _choice(environment: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = environment.get(name, choices[0])
    if value not in choices:
        raise InputError(f"{name} is {value!r}", f"give it one of {', '.join(choices)}")
    return value


def _check_prefix(environment: Mapping[str, str], name: str) -> None:
    """Look at what gunicorn reads by itself, and would refuse all requests by where it is malformed."""
    value = environment.get(name, "")
    if not _PREFIX.fullmatch(value):
        raise InputError(f"{name} is {value!r}", "leave it unset, or give it a path such as /facts-api")


def _rate_limit(environment: Mapping[str, str], name: str, default: str) -> str:
    value = environment.get(name, default)
    if value == OFF:
        return value
    try:
        sound = value.isascii() and all(0 < each.amount < 10**9 for each in parse_many(value))
    except ValueError:
        sound = False
    if not sound:
        raise InputError(f"{name} is {value!r}", "give it off, or requests by time such as 100/minute")
    return value


def _storage(environment: Mapping[str, str], name: str, default: str) -> str:
    value = environment.get(name, default)
    if value != default and not _is_redis(value):
        shown = value.rpartition("@")[2]  # never a password
        raise InputError(f"{name} is {shown!r}", f"give it {default} or a URL such as redis://127.0.0.1:6379")
    return value


def _is_redis(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in {"redis", "rediss"} and bool(parts.hostname) and parts.port != 0 and value.isprintable()
    except ValueError:  # a port that is none
        return False
