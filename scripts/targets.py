"""What has to be reached, what was, and both as a table and as JSON."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

from rich.table import Table

from dataset.files import replacing


@dataclass(frozen=True, slots=True)
class Target:
    """A ratio or a figure, and the least or the most that it may be."""

    name: str
    value: float | None  # None where it could not be measured
    least: float | None = None
    most: float | None = None

    @property
    def verdict(self) -> str:
        """Whether it is reached."""
        if self.value is None:
            return "not served"
        if self.least is None and self.most is None:
            return ""
        low = self.least is None or self.value >= self.least
        return "reached" if low and (self.most is None or self.value <= self.most) else "missed"

    @property
    def wanted(self) -> str:
        """The limit in words."""
        if self.least is not None:
            return f"{_short(self.least)} at least"
        return "" if self.most is None else f"{_short(self.most)} at most"


@dataclass(slots=True)
class Figures:
    """One subject of measuring: what each contender reached, the targets, and what went wrong."""

    subject: str
    unit: str
    facts: int
    measured: dict[str, float] = field(default_factory=dict)  # contender to the median of its rounds
    targets: list[Target] = field(default_factory=list)
    failed: dict[str, int] = field(default_factory=dict)  # contender to requests without a good answer
    note: str = ""


def ratio(measured: Mapping[str, float], one: str, other: str) -> float | None:
    """How many times `other` the figure of `one` is; None where either is missing."""
    return measured[one] / measured[other] if measured.get(one) and measured.get(other) else None


def median(values: Iterable[float | None]) -> float | None:
    """The median, None where any value is missing or there is none."""
    known = list(values)
    return None if not known or None in known else statistics.median(value for value in known if value is not None)


def make_table(all_figures: Iterable[Figures]) -> Table:
    """A line for each target and for each subject that has none."""
    table = Table("what", "facts", "measured", "ratio or figure", "must reach", "", title="Service")
    for figures in all_figures:
        measured = "\n".join(f"{name} {_short(value)} {figures.unit}" for name, value in figures.measured.items())
        failed = "".join(f"\n{name}: {count:,} requests failed" for name, count in figures.failed.items() if count)
        note = f"\n{figures.note}" if figures.note else ""
        targets = figures.targets
        table.add_row(
            figures.subject,
            f"{figures.facts:,}",
            (measured + failed + note).strip() or "not served",
            "\n".join(f"{target.name} {_short(target.value)}" for target in targets),
            "\n".join(target.wanted for target in targets),
            "\n".join(target.verdict for target in targets),
        )
        table.add_section()
    return table


def _short(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def write_json(path: Path, all_figures: Iterable[Figures], programs: Path) -> None:
    """Write the figures with the machine and the command that made them."""
    described = [
        {**asdict(figures), "targets": [{**asdict(each), "verdict": each.verdict} for each in figures.targets]}
        for figures in all_figures
    ]
    document = {"command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]]), "machine": describe_machine(programs)}
    with replacing(path) as new:
        new.write_text(json.dumps({**document, "figures": described}, indent=1) + "\n", encoding="utf-8")


def describe_machine(programs: Path) -> dict[str, object]:
    """Processor, cores, memory, and the versions of all that is compared."""
    own = {name: version(name) for name in ("flask", "gunicorn", "flask-smorest", "sqlite-utils")}
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "versions": {**own, **_versions_of(programs)},
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _versions_of(programs: Path) -> dict[str, str]:
    """Versions of the comparators, asked of their own interpreter."""
    command = [str(programs / "python"), "-c", _VERSIONS, *_COMPARATORS]
    run = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    return dict(zip(_COMPARATORS, run.stdout.split(), strict=True))


_COMPARATORS = ("datasette", "roapi", "orjson")
_VERSIONS = "import sys, importlib.metadata as m; print(*map(m.version, sys.argv[1:]))"
