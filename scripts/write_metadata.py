"""Write the descriptions of the dataset from the code and the released files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run in place, whatever the working directory

from dataset.croissant import format_croissant
from dataset.datapackage import format_datapackage
from dataset.datasheet import fill_datasheet
from dataset.description import describe_release
from dataset.errors import FactlineError
from dataset.files import replacing
from scripts.floors import read_floors

DATASET = ROOT / "dataset"
FLOORS = ROOT / "scripts" / "floors.csv"


def format_metadata() -> dict[str, str]:
    """The descriptions by file name, the same for the same code and data; FactlineError where an input is amiss."""
    release = describe_release(DATASET)
    datasheet = (DATASET / "README.md").read_text(encoding="utf-8")
    return {
        "README.md": fill_datasheet(datasheet, release, read_floors(FLOORS)),
        "datapackage.json": format_datapackage(release),
        "croissant.json": format_croissant(release),
    }


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file is not what code and data say.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=DATASET, help="Folder to write into.")
def write_metadata(check: bool, out: Path) -> None:
    """Write the dataset's README.md (its generated parts), datapackage.json and croissant.json.

    Exit status: 0 good, 1 a file differs (--check), 2 an input cannot be taken or a file not be written.

    \b
    Examples:
      python scripts/write_metadata.py
      python scripts/write_metadata.py --check
    """
    try:
        written = format_metadata()
        old = [name for name, text in written.items() if not _holds(out / name, text)]
        if check:
            for name in old:
                click.echo(f"{out / name} is not what the code and the data say: run make data", err=True)
            sys.exit(1 if old else 0)
        for name in old:
            with replacing(out / name) as new:
                new.write_text(written[name], encoding="utf-8")
    except (FactlineError, OSError) as error:
        reason = error if isinstance(error, FactlineError) else f"cannot read {error.filename}: restore it from git"
        click.echo(f"error: {reason}", err=True)
        sys.exit(2)


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode("utf-8")


if __name__ == "__main__":
    write_metadata()
