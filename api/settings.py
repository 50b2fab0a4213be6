"""What the environment can change about the service.

FACTLINE_DATASET          dataset           folder of the dataset; its facts.db is the database
FACTLINE_DB               dataset/facts.db  another database to build and to serve
HOST                      127.0.0.1         address to listen on
PORT                      8000              TCP port to listen on
FACTLINE_WORKERS          2                 processes
FACTLINE_THREADS          4                 threads of each process
FACTLINE_TIMEOUT          30                seconds after which a stuck worker is replaced
FACTLINE_GRACEFUL_TIMEOUT 10                seconds that running requests get when the service stops
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dataset.errors import InputError

PROJECT = Path(__file__).resolve().parent.parent


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

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the settings; InputError names the variable that is malformed."""
        default = cls()
        dataset = _text(environment, "FACTLINE_DATASET", str(default.db.parent))
        return cls(
            db=Path(_text(environment, "FACTLINE_DB", str(Path(dataset) / default.db.name))),
            host=_text(environment, "HOST", default.host),
            port=_number(environment, "PORT", default.port, most=65535),
            workers=_number(environment, "FACTLINE_WORKERS", default.workers),
            threads=_number(environment, "FACTLINE_THREADS", default.threads),
            timeout=_number(environment, "FACTLINE_TIMEOUT", default.timeout),
            graceful_timeout=_number(environment, "FACTLINE_GRACEFUL_TIMEOUT", default.graceful_timeout),
        )


def _text(environment: Mapping[str, str], name: str, default: str) -> str:
    value = environment.get(name, default)
    if not value or not value.isprintable():
        raise InputError(f"{name} is {value!r}", f"leave it unset for {default}, or give it a value")
    return value


def _number(environment: Mapping[str, str], name: str, default: int, most: int = 1000) -> int:
    value = environment.get(name, str(default))
    if not (value.isascii() and value.isdigit() and len(value) < 6 and 1 <= int(value) <= most):
        raise InputError(f"{name} is {value!r}", f"give it a whole number from 1 to {most}, such as {default}")
    return int(value)
