"""The members of a fact by name, those of objects inside it behind a dot, and the choice of some of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import Schema, fields

from api.fact_schemas import FactSchema


def _name_members(schema: type[Schema] | Schema, prefix: str = "") -> Iterator[str]:
    for name, field in schema._declared_fields.items():  # noqa: SLF001 - what class and instance share
        yield prefix + name
        nested = field.inner if isinstance(field, fields.List) else field
        if isinstance(nested, fields.Nested):
            yield from _name_members(nested.schema, f"{prefix}{name}.")


INCLUDED = ("highlights", "selectors", "sentence", "citation")  # only where a request includes them
FACT_MEMBERS = tuple(
    dict.fromkeys(
        name
        for each in FactSchema.type_schemas.values()
        for name in _name_members(each)
        if name.partition(".")[0] not in INCLUDED
    )
)


def pick_members(fact: dict[str, Any], shape: Mapping[str, Any]) -> dict[str, Any]:
    """The members that `shape["members"]` names and those that it includes; of a list, the same of each item."""
    if "members" not in shape:
        return fact
    wanted = [*shape["members"], *shape.get("include", ())]
    picked = _pick(fact, [name.split(".") for name in wanted])
    assert isinstance(picked, dict)  # noqa: S101 - what is picked of an object is one
    return picked


def _pick(value: object, paths: list[list[str]]) -> object:
    if isinstance(value, list):
        return [_pick(item, paths) for item in value]
    if not isinstance(value, dict):
        return value
    picked = {}
    for name, member in value.items():
        below = [path[1:] for path in paths if path[0] == name]
        if below:
            picked[name] = member if [] in below else _pick(member, below)
    return picked
