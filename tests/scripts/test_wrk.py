from pathlib import Path

import pytest

from dataset.errors import InputError, OutputError
from scripts.wrk import find_wrk, parse_summary, write_script

PRINTED = """Running 2s test @ http://127.0.0.1:9
  1 threads and 8 connections
Requests/sec:   1000.00

{"requests":2100,"microseconds":2000000,"bytes":4200,"refused":100,"broken":3,"p50":4000,"p99":9500,"longest":12000}
"""


def test_a_refusal_is_no_speed() -> None:
    load = parse_summary(PRINTED)
    assert (load.requests, load.seconds, load.rate) == (2100, 2.0, 1000.0)
    assert (load.median, load.p99, load.longest) == (4.0, 9.5, 12.0)
    assert load.failed == 103


def test_a_run_without_a_summary_is_an_error() -> None:
    with pytest.raises(OutputError, match=r"printed no summary.*unable to connect"):
        parse_summary("unable to connect")


def test_the_script_asks_for_the_paths_and_sends_the_etag(tmp_path: Path) -> None:
    script = write_script(tmp_path, ["/a", "/b"], "127.0.0.1:9", start=7, etag='"x"').read_text()
    assert (tmp_path / "paths.txt").read_text() == "/a\n/b"
    assert (
        'local rest = " HTTP/1.1\\r\\n" .. "Host: 127.0.0.1:9\\r\\nIf-None-Match: \\"x\\"\\r\\n" .. "\\r\\n"' in script
    )
    assert "local count, varying = 7, false" in script


def test_paths_that_end_in_a_limit_are_asked_for_with_varying_rows(tmp_path: Path) -> None:
    assert "varying = 0, true" in write_script(tmp_path, ["/a?limit="], "127.0.0.1:9").read_text()


def test_without_wrk_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="apt-get install -y wrk"):
        find_wrk()
