"""Article files and the table that describes them."""

from __future__ import annotations

import csv
import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from dataset.errors import ArticleError, ManifestError
from dataset.model import Article, article_id
from dataset.periods import parse_edtf

COLUMNS = ("file", "sha256", "publisher", "byline", "published_on", "url", "title")
MAX_BYTES = 1_000_000  # many times the longest report; reading takes time in proportion
_REQUIRED = ("file", "published_on")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")  # control characters other than white space: no news has them

Manifest = dict[str, dict[str, str]]


def read_manifest(path: Path) -> Manifest:
    """Read the table of articles, rows by file name; ManifestError names the row that does not fit.

    CSV in UTF-8 with a header of at least `file` and `published_on` (EDTF, may be empty).
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle, strict=True)
            columns, rows = reader.fieldnames or (), list(reader)
    except FileNotFoundError as error:
        raise ManifestError(f"no manifest {path}", "name one with --manifest; it needs file,published_on") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ManifestError(f"cannot read the manifest {path} ({error})", "save it as CSV in UTF-8") from error
    missing = [column for column in _REQUIRED if column not in columns]
    if missing:
        raise ManifestError(f"{path} has no column {missing[0]!r}", f"add it: a manifest has {','.join(_REQUIRED)}")
    manifest: Manifest = {}
    owners: dict[str, str] = {}
    for count, row in enumerate(rows, start=2):
        _check_row(row, f"{path}:{count}", manifest)
        names = dict.fromkeys([*columns, *COLUMNS])  # the reader's own columns are kept
        manifest[row["file"]] = cells = {column: (row.get(column) or "").strip() for column in names}
        owner = owners.setdefault(cells["sha256"] or row["file"], row["file"])
        if owner != row["file"]:
            raise ManifestError(f"{path}:{count} has the sha256 of {owner}", "keep one of the two, or correct one")
    return manifest


def _check_row(row: dict[str, str], place: str, manifest: Manifest) -> None:
    name = row["file"]
    if None in row or not name or Path(name).name != name:
        raise ManifestError(f"{place} does not fit the header", "give each column one cell, and `file` a bare name")
    if name in manifest:
        raise ManifestError(f"{place} names {name} a second time", "keep one row a file")
    try:
        parse_edtf((row["published_on"] or "").strip() or "..")
    except ValueError as error:
        raise ManifestError(f"{place}: published_on is {row['published_on']!r}", "write EDTF, as 2024-03-20") from error
    sha256 = (row.get("sha256") or "").strip()
    if sha256 and (len(sha256) != 64 or set(sha256) - set("0123456789abcdef")):
        raise ManifestError(f"{place}: sha256 is {sha256!r}", "write 64 lower-case hexadecimal digits")


def find_article_files(paths: Iterable[Path]) -> list[Path]:
    """The .txt files named or lying in the folders named, each once, by name; ArticleError where there are none.

    A link is among them even where it leads nowhere, so that `read_article` names it.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(entry for entry in path.iterdir() if _may_be_article(entry))
            if not inside:
                raise ArticleError(f"no articles in the folder {path}", "put .txt files into it, or name another")
            found.update(dict.fromkeys(inside))
        elif path.exists():
            found[path] = None
        else:
            raise ArticleError(f"no such file or folder: {path}", "check the path")
    return list(found)


def _may_be_article(entry: Path) -> bool:
    return entry.suffix == ".txt" and (entry.is_file() or entry.is_symlink())


def read_article(path: Path, manifest: Manifest | None, *, altered: bool = False) -> tuple[Article, str]:
    """Read one article file: what its row of the manifest tells of it, if it has one, and its text, unmodified.

    ArticleError where the file is no UTF-8 text of at most MAX_BYTES, is a symbolic link out of its folder, or is
    not the one whose sha256 the manifest has; with `altered` it is then taken as that one all the same, for its
    facts to be checked against.
    """
    data = _read_bytes(path)
    text = _decode(path, data)
    sha256 = hashlib.sha256(data).hexdigest()
    row = (manifest or {}).get(path.name, {})
    if row.get("sha256") and row["sha256"] != sha256:
        if not altered:
            remedy = f"restore the file, or correct the row to {sha256}"
            raise ArticleError(f"{path} is not the file of its manifest row, whose sha256 is {row['sha256']}", remedy)
        sha256 = row["sha256"]
    known = {column: row.get(column) or None for column in COLUMNS if column not in ("file", "sha256")}
    return Article(id=article_id(sha256), file=path.name, sha256=sha256, **known), text


def _read_bytes(path: Path) -> bytes:
    """The content of a file that may be an article, by its name, place and size; no more of it is ever held."""
    try:
        path.name.encode("utf-8")
        with path.open("rb") as handle:
            _check_link(path)
            data = handle.read(MAX_BYTES + 1)
            size = max(len(data), os.fstat(handle.fileno()).st_size)
    except UnicodeEncodeError as error:
        raise ArticleError(f"the name of {path} is not UTF-8", "rename it") from error
    except OSError as error:
        raise ArticleError(f"cannot read {path} ({error.strerror})", "make it a readable file") from error
    if len(data) > MAX_BYTES:
        message = f"{path} has {size:,} bytes, an article at most {MAX_BYTES:,}"
        raise ArticleError(message, "give each article a file of its own, or leave it out")
    return data


def _check_link(path: Path) -> None:
    """Refuse a link that leaves its folder: what it leads to would be published as an article."""
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        message = f"{path} is a symbolic link out of its folder, to {path.resolve()}"
        raise ArticleError(message, "put the file itself there, or remove the link")


def _decode(path: Path, data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        remedy = f"save it as UTF-8 (byte {error.start} is the first that is not)"
        raise ArticleError(f"{path} is not UTF-8", remedy) from error
    if found := _BINARY.search(text):
        message = f"{path} is binary, it holds the control character U+{ord(found[0]):04X}"
        raise ArticleError(message, "give the article's plain text")
    if not text.strip().strip("\ufeff"):
        raise ArticleError(f"{path} is empty", "give the article's text, or remove the file")
    return text


def article_from_row(row: dict[str, str]) -> Article:
    """An article known from its manifest row alone, its text absent; ManifestError without a sha256."""
    if not row["sha256"]:
        remedy = "add the sha256 to its row, or put the file beside the others"
        raise ManifestError(f"{row['file']} is in the manifest without file and without sha256", remedy)
    known = {column: row[column] or None for column in COLUMNS if column not in ("file", "sha256")}
    return Article(id=article_id(row["sha256"]), file=row["file"], sha256=row["sha256"], **known)
