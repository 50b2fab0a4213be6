"""Reads code and tells which SQL in it is made of more than the code's own words.

SQL may be put together from string constants, names that hold nothing else, items of tables of constants, question
marks, and parameters of private functions that are given nothing else. Whatever else ends up in a statement is told.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Any

SINKS = {"find_rows", "find_row", "iterate_rows", "execute", "executemany", "executescript"}
_FUNCTIONS = (ast.FunctionDef, ast.Lambda)
_SCOPES = (*_FUNCTIONS, ast.Module, ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.DictComp)
_COMPREHENSIONS = (ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.DictComp)


def _operands(node: ast.BinOp) -> Sequence[ast.expr]:
    """Of a repetition only what is repeated counts; of other operations nothing is known but of +."""
    if isinstance(node.op, ast.Mult):
        return [node.left]
    return [node.left, node.right] if isinstance(node.op, ast.Add) else [ast.Await(node.left)]


# What each kind of expression is made of; others are taken for loose.
_PARTS: dict[type[ast.expr], Callable[[Any], Sequence[ast.expr]]] = {
    ast.Constant: lambda _: [],
    ast.JoinedStr: lambda node: node.values,
    ast.FormattedValue: lambda node: [node.value, *filter(None, [node.format_spec])],
    ast.BinOp: _operands,
    ast.Subscript: lambda node: [node.value],
    ast.Starred: lambda node: [node.value],
    ast.IfExp: lambda node: [node.body, node.orelse],
    **dict.fromkeys((ast.Tuple, ast.List, ast.Set), lambda node: node.elts),
    ast.Dict: lambda node: node.values,
    **dict.fromkeys((ast.GeneratorExp, ast.ListComp), lambda node: [node.elt]),
}


class Code:
    """A module as it is written; `constants` are names that it imports and that are known to be constant."""

    def __init__(self, source: str, constants: Sequence[str] = ()) -> None:
        self.tree = ast.parse(source)
        self._constants = set(constants)
        self._parents = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}
        self._asked: set[tuple[str, ast.AST]] = set()  # names that are being looked up: one made of itself adds nothing

    def find_loose(self) -> list[tuple[int, str]]:
        """Line and text of each SQL that is made of something else."""
        return [
            (call.lineno, ast.unparse(call.args[0]))
            for call in ast.walk(self.tree)
            if isinstance(call, ast.Call) and _name_of(call.func) in SINKS and call.args
            if not self._is_fixed(call.args[0])
        ]

    def _is_fixed(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            return self._is_fixed_name(node.id, node)
        if isinstance(node, ast.Call):
            return self._is_fixed_call(node)
        return type(node) in _PARTS and all(map(self._is_fixed, _PARTS[type(node)](node)))

    def _is_fixed_call(self, call: ast.Call) -> bool:
        if isinstance(call.func, ast.Attribute) and call.func.attr == "join":
            return self._is_fixed(call.func.value) and all(map(self._is_fixed, call.args))
        name = _name_of(call.func)
        if name == "range":
            return True  # numbers
        made = [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef) and node.name == name]
        returned = [each.value for function in made for each in ast.walk(function) if isinstance(each, ast.Return)]
        return bool(returned) and all(value is not None and self._is_fixed(value) for value in returned)

    def _is_fixed_name(self, name: str, at: ast.AST) -> bool:
        for scope in self._scopes(at):
            key = (name, scope)
            if key in self._asked:
                return True
            self._asked.add(key)
            try:
                values = list(self._values(name, scope))
                if values:
                    return all(value is not None and self._is_fixed(value) for value in values)
            finally:
                self._asked.discard(key)
        return name in self._constants

    def _scopes(self, node: ast.AST) -> Iterator[ast.AST]:
        while node in self._parents:
            node = self._parents[node]
            if isinstance(node, _SCOPES):
                yield node

    def _values(self, name: str, scope: ast.AST) -> Iterator[ast.expr | None]:
        """Everything that a name may be in a scope; None is something that is not known."""
        if isinstance(scope, _FUNCTIONS):
            yield from self._arguments(name, scope)
        if isinstance(scope, _COMPREHENSIONS):
            for generator in scope.generators:
                yield from _bound(name, generator.target, generator.iter)
            return
        for node in ast.walk(scope):
            if next(self._scopes(node), None) is scope:
                yield from _assigned(name, node)

    def _arguments(self, name: str, function: ast.FunctionDef | ast.Lambda) -> Iterator[ast.expr | None]:
        """What a parameter is given; a sink's is looked at where it is called, a public function's is not known."""
        names = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
        others = [*function.args.kwonlyargs, function.args.vararg, function.args.kwarg]
        if name not in names:
            yield from (None for each in others if each is not None and each.arg == name)
            return
        if isinstance(function, ast.Lambda) or not function.name.startswith("_"):
            yield ast.Constant("") if not isinstance(function, ast.Lambda) and function.name in SINKS else None
            return
        place = names.index(name) - (names[0] == "self")
        for call in ast.walk(self.tree):
            if isinstance(call, ast.Call) and _name_of(call.func) == function.name:
                given = [each.value for each in call.keywords if each.arg == name]
                yield call.args[place] if place < len(call.args) else given[0] if given else None


def _assigned(name: str, node: ast.AST) -> Iterator[ast.expr | None]:
    """What a statement lets a name be."""
    match node:
        case ast.Assign(targets, value):
            for target in targets:
                yield from _bound(name, target, value)
        case ast.For(target, ast.Tuple(items) | ast.List(items)):
            for item in items:
                yield from _bound(name, target, item)
        case ast.AugAssign(target, _, value) | ast.NamedExpr(target, value) | ast.For(target, value):
            yield from _bound(name, target, value)
        case ast.AnnAssign(target, _, value) if value is not None:
            yield from _bound(name, target, value)
        case ast.withitem(_, ast.Name(bound)) | ast.ExceptHandler(_, bound) if bound == name:
            yield None


def _bound(name: str, target: ast.expr, value: ast.expr) -> Iterator[ast.expr]:
    if isinstance(target, ast.Name):
        if target.id == name:
            yield value
    elif isinstance(target, ast.Tuple | ast.List):
        pairs = isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts)
        for place, each in enumerate(target.elts):
            yield from _bound(name, each, value.elts[place] if pairs else value)  # type: ignore[attr-defined]
    elif isinstance(target, ast.Starred):
        yield from _bound(name, target.value, value)


def _name_of(function: ast.expr) -> str | None:
    match function:
        case ast.Name(name):
            return name
        case ast.Attribute(_, name):
            return name
    return None
