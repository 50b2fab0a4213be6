"""The parts of the datasheet that follow from code and data: written between its markers, the prose around is kept.

A part stands between `<!-- generated: NAME -->` and `<!-- end -->`, each on a line of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from dataset.croissant import format_citation
from dataset.description import Description
from dataset.errors import InputError
from dataset.fields import KINDS, Field, article_fields, common_fields, own_fields
from dataset.model import ReviewStatus

Floors = Mapping[tuple[str, str], float]  # set and figure to the lowest value that the evaluation lets pass

_MARKED = re.compile(
    r"(?P<head><!-- generated: (?P<name>[a-z]+) -->\n).*?(?P<foot><!-- end -->)", re.MULTILINE | re.DOTALL
)
_IN_FULL = ("metrics", "event_types")  # the vocabularies that facts refer to by identifier
_TYPES = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}


def fill_datasheet(text: str, release: Description, floors: Floors) -> str:
    """The datasheet with its generated parts renewed; InputError where a part is not marked once."""
    parts: dict[str, Callable[[], list[str]]] = {
        "counts": lambda: _count_facts(release),
        "fields": _list_fields,
        "vocabularies": lambda: _list_vocabularies(release),
        "quality": lambda: _list_floors(floors),
        "citation": lambda: ["```bibtex", format_citation(release), "```"],
    }
    marked = [found["name"] for found in _MARKED.finditer(text)]
    if sorted(marked) != sorted(parts):
        raise InputError(
            f"the datasheet marks the parts {', '.join(marked) or 'none'}", f"mark each once: {', '.join(parts)}"
        )
    return _MARKED.sub(lambda found: found["head"] + "\n".join(parts[found["name"]]()) + "\n" + found["foot"], text)


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A table as GitHub Flavored Markdown has it."""
    lines = [columns, ["---"] * len(columns), *rows]
    return ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines]


def _count_facts(release: Description) -> list[str]:
    counts = Counter((fact.kind, fact.review.status) for fact in release.facts)
    numbers: dict[str, list[int]] = {kind: [counts[kind, status] for status in ReviewStatus] for kind in KINDS}
    numbers["all"] = [sum(column) for column in zip(*numbers.values(), strict=True)]
    return [
        f"{len(release.facts)} facts of {len(release.articles)} articles, version `{release.version}`:",
        "",
        *_table(["kind", *ReviewStatus, "all"], [[name, *row, sum(row)] for name, row in numbers.items()]),
    ]


def _list_fields() -> list[str]:
    groups: list[tuple[str, tuple[Field, ...]]] = [
        ("All facts", common_fields()),
        *((f"Facts of the kind `{kind}`", own_fields(kind)) for kind in KINDS),
    ]
    objects = {field.parts: field.name for _, fields in groups for field in fields if field.parts}
    groups += [(f"Inside `{name}`", parts) for parts, name in objects.items()]
    groups.append(("Articles (`articles.csv`)", article_fields()))
    lines: list[str] = []
    for title, fields in groups:
        rows = [
            [f"`{field.name}`", _name_type(field), "yes" if field.nullable else "", field.meaning] for field in fields
        ]
        lines += ["", f"**{title}**", "", *_table(["field", "type", "may be null", "meaning"], rows)]
    return lines[1:]


def _name_type(field: Field) -> str:
    if field.parts:
        return "list of objects" if field.many else "object"
    return ", ".join(f"`{choice}`" for choice in field.choices) or _TYPES[field.type]


def _list_vocabularies(release: Description) -> list[str]:
    lines: list[str] = []
    for table in release.tables:
        if table.name in _IN_FULL:
            rows = [[f"`{row['id']}`", row["definition"]] for row in table.rows]
            lines += [f"**`{table.name}.csv`**: {table.meaning}", "", *_table(["id", "definition"], rows), ""]
    rest = [[f"`{t.name}.csv`", len(t.rows), t.meaning] for t in release.tables if t.name not in _IN_FULL]
    return [*lines, "**The other tables**", "", *_table(["table", "rows", "what it holds"], rest)]


def _list_floors(floors: Floors) -> list[str]:
    """The floors as shares of one, a column for each set: what scorers print in percent is above 1."""
    sets, figures = (list(dict.fromkeys(key[part] for key in floors)) for part in (0, 1))
    rows = [[figure, *(_format_share(floors.get((name, figure))) for name in sets)] for figure in figures]
    return _table(["figure", *sets], rows)


def _format_share(floor: float | None) -> str:
    if floor is None:
        return ""
    return f"{floor / 100 if floor > 1 else floor:.3f}"
