"""Write the OpenAPI document from the code."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run in place, whatever the working directory

from api import create_app
from api.examples import PATH as EXAMPLES
from api.settings import OFF, Settings
from scripts.examples import make_examples


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as it reads."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)


def format_openapi() -> str:
    """Return the OpenAPI document as YAML, the same for the same code."""
    with create_app(Settings(access_log=OFF)).test_client() as client:
        document: dict[str, Any] = json.loads(client.get("/openapi.json").data)
    head = {key: document.pop(key) for key in ("openapi", "info", "servers", "tags")}
    return yaml.dump({**head, **document}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


def format_examples() -> str:
    """Return the examples of the document as JSON, the same for the same code and facts."""
    return json.dumps(make_examples(), ensure_ascii=False, indent=1) + "\n"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where the file is not what the code says.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=ROOT / "openapi.yaml", help="The file.")
def write_openapi(check: bool, out: Path) -> None:
    """Write openapi.yaml from the code.

    Exit status: 0 good, 1 the file differs (--check), 2 it cannot be written.

    \b
    Examples:
      python scripts/write_openapi.py
      python scripts/write_openapi.py --check
    """
    if check:
        if not out.is_file() or out.read_text(encoding="utf-8") != format_openapi():
            click.echo(f"{out} is not what the code says: run make spec", err=True)
            raise SystemExit(1)
        return
    try:
        EXAMPLES.write_text(format_examples(), encoding="utf-8")  # before the document, which shows them
        out.write_text(format_openapi(), encoding="utf-8")
    except OSError as error:
        click.echo(f"error: cannot write {error.filename} ({error.strerror}): name another file with --out", err=True)
        raise SystemExit(2) from error


if __name__ == "__main__":
    write_openapi()
