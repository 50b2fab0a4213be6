"""Driving a server with wrk: the requests as a Lua script, and what it measured."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dataset.errors import InputError, OutputError

# Requests are written out beforehand, so that Lua only joins strings. Where paths end in `limit=`, each turn through
# them asks for another number of rows (50, 49, 51, 48, …), and no address comes twice in 80 turns.
_SCRIPT = """
local paths = {}
for path in io.lines(PATHS) do paths[#paths + 1] = path end
local rest = " HTTP/1.1\\r\\n" .. HEADERS .. "\\r\\n"
local count, varying = START, VARYING
request = function()
  local at, turn = count % #paths + 1, math.floor(count / #paths) % 80
  count = count + 1
  local rows = ""
  if varying then rows = 50 + (turn % 2 == 0 and turn / 2 or -(turn + 1) / 2) end
  return "GET " .. paths[at] .. rows .. rest
end
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '\\n{"requests":%d,"microseconds":%d,"bytes":%d,"refused":%d,"broken":%d,"p50":%d,"p99":%d,"longest":%d}\\n',
    summary.requests, summary.duration, summary.bytes, e.status, e.connect + e.read + e.write + e.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What one run measured; times in milliseconds."""

    requests: int
    seconds: float
    bytes: int
    refused: int  # answers with a status of 400 or more
    broken: int  # connections that failed, or no answer in time
    median: float
    p99: float
    longest: float

    @property
    def failed(self) -> int:
        """How many requests got no good answer."""
        return self.refused + self.broken

    @property
    def rate(self) -> float:
        """Good answers a second: a refusal is no speed."""
        return (self.requests - self.refused) / self.seconds


def find_wrk() -> str:
    """The path of wrk; InputError where it is not installed."""
    found = shutil.which("wrk")
    if found is None:
        raise InputError("wrk is not installed", "on Debian: apt-get update && apt-get install -y wrk")
    return found


def write_script(folder: Path, paths: Sequence[str], host: str, *, start: int = 0, etag: str | None = None) -> Path:
    """Write the Lua script that asks for the paths in turn from the `start`-th on, with If-None-Match where given."""
    listing, script = folder / "paths.txt", folder / "requests.lua"
    listing.write_text("\n".join(paths), encoding="ascii")
    varying = "true" if paths[0].endswith("limit=") else "false"
    headers = [f"Host: {host}", *([f"If-None-Match: {etag}"] if etag else [])]
    fillings = {
        "PATHS": json.dumps(str(listing)),
        "HEADERS": json.dumps("".join(f"{header}\r\n" for header in headers)),
        "START": str(start),
        "VARYING": varying,
    }
    text = _SCRIPT
    for name, filling in fillings.items():
        text = text.replace(name, filling, 1)
    script.write_text(text, encoding="ascii")
    return script


def run_wrk(script: Path, address: str, connections: int, seconds: float) -> Load:
    """Drive the server at `address` for so long; OutputError where wrk fails."""
    command = [find_wrk(), "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "10s"]
    run = subprocess.run([*command, "-s", str(script), address], capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if run.returncode:
        raise OutputError(f"wrk failed: {run.stderr.strip() or run.stdout.strip()}", "is the server still there?")
    return parse_summary(run.stdout)


def parse_summary(printed: str) -> Load:
    """Read the last line that the script prints; OutputError where there is none."""
    lines = [line for line in printed.splitlines() if line.startswith("{")]
    if not lines:
        raise OutputError(f"wrk printed no summary: {printed.strip()[-200:]!r}", "run it by hand to see why")
    seen = json.loads(lines[-1])
    return Load(
        requests=seen["requests"],
        seconds=seen["microseconds"] / 1e6,
        bytes=seen["bytes"],
        refused=seen["refused"],
        broken=seen["broken"],
        median=seen["p50"] / 1000,
        p99=seen["p99"] / 1000,
        longest=seen["longest"] / 1000,
    )
