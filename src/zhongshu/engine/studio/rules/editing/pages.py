"""The page of settings (`scenario.toml`) changed key by key; comments and order stay as their author wrote them."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import InlineTable, Table

from zhongshu.base.http.refusals import Absent, Invalid

FILE = "scenario.toml"
Part = Mapping[str, Any]
Value = str | int | float | bool | Sequence[str]

_INLINE = ("phases", "deadlines")
"""Tables whose rows are written in one line."""


def read(text: str) -> dict[str, Any]:
    """The page as plain data, fit or not; Invalid with the line if it is no TOML."""
    try:
        return tomllib.loads(text)  # many times as fast as reading it so that it can be changed
    except (ValueError, RecursionError) as problem:
        raise Invalid("scenario.toml 有误：{why}", why=str(problem)) from None


def new(code: str, name: str, name_en: str, prefix: str) -> str:
    """A page of settings with nothing in it but what the scenario is called."""
    page = tomlkit.document()
    named = {"code": code, "name": name, "name_en": name_en, "prefix": prefix}
    for key, value in {**named, "process": "process.bpmn", "form": "form.json"}.items():
        page[key] = value
    return tomlkit.dumps(page)


def said(text: str, path: Sequence[str], values: Mapping[str, Value]) -> str:
    """The page with these keys of one table (`("tasks", "file")`; `()`: the top); an empty value takes its key away.

    Tables that are not there yet are made; what is said already stays as it is written.
    """
    page = _parsed(text)
    table = _table(page, path)
    for key, value in values.items():
        if value in ("", [], ()):
            table.pop(key, None)
        elif key not in table or table[key] != (list(value) if isinstance(value, tuple) else value):
            table[key] = _written(value)
    return tomlkit.dumps(page)


def only(text: str, path: Sequence[str], values: Mapping[str, Value]) -> str:
    """The page with just these keys in a table; a table in which nothing is said goes."""
    there: Any = read(text)
    for name in path:
        there = there.get(name) if isinstance(there, dict) else None
    known = there if isinstance(there, dict) else {}
    said_of = {key: value for key, value in values.items() if value not in ("", [], ())}
    if said_of:
        return said(text, path, {**dict.fromkeys(known, ""), **said_of})
    return text if there is None else dropped(text, path)


def dropped(text: str, path: Sequence[str]) -> str:
    """The page without a table or key; Absent if there is none."""
    page = _parsed(text)
    parent: Any = page
    for name in path[:-1]:
        parent = parent.get(name, {})
    if path[-1] not in parent:
        raise Absent("设置里没有“{name}”。", name=".".join(path))
    del parent[path[-1]]
    return tomlkit.dumps(page)


def fitted(text: str, tasks: Iterable[str]) -> str:
    """The page with settings for just these tasks of the process, given in the order they are done.

    A task that is new is done in the phase, by the role and where the one before it is; what is no longer in the
    process goes, from the lists that name it too.
    """
    wanted, page = list(tasks), read(text)
    known, phases = page.get("tasks", {}), list(page.get("phases", {}))
    like = {"phase": phases[0] if phases else "", "role": "handler", "pool": "body"}
    for element in wanted:
        if element in known:
            like = {key: known[element].get(key, usual) for key, usual in like.items()}
        else:
            text = said(text, ("tasks", element), {**like, "name_en": element})
    for gone in (element for element in known if element not in wanted):
        text = _forgotten(dropped(text, ("tasks", gone)), gone)
    return text


def _forgotten(text: str, gone: str) -> str:
    """The page with a task that is no more out of the lists that name it."""
    page = read(text)
    for element, task in page.get("tasks", {}).items():
        for key in ("apart", "returns"):
            if isinstance(task.get(key), list) and gone in task[key]:
                text = said(text, ("tasks", element), {key: [other for other in task[key] if other != gone]})
    asking = page.get("supplement", {}).get("tasks", ())
    if gone in asking:
        rest = [other for other in asking if other != gone]
        text = said(text, ("supplement",), {"tasks": rest}) if rest else dropped(text, ("supplement",))
    for category, terms in page.get("deadlines", {}).items():
        if gone in terms:
            last = len(terms) == 1
            text = dropped(text, ("deadlines", category) if last else ("deadlines", category, gone))
    return text


def _written(value: Value) -> Any:
    """A value as a person would write it: what holds quotes, as expressions do, stands in single ones."""
    if isinstance(value, tuple | list):
        return list(value)
    literal = isinstance(value, str) and '"' in value and value.isprintable() and "'" not in value
    return tomlkit.string(value, literal=True) if literal and isinstance(value, str) else value


def _parsed(text: str) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(text)
    except TOMLKitError as problem:
        raise Invalid("scenario.toml 有误：{why}", why=str(problem)) from None


def _table(page: tomlkit.TOMLDocument, path: Sequence[str]) -> Any:
    table: Any = page
    for depth, name in enumerate(path):
        if name not in table:
            last = depth == len(path) - 1
            table[name] = _row(path[0]) if last and depth else tomlkit.table(is_super_table=not last)
        table = table[name]
        if not isinstance(table, Table | InlineTable | dict):
            raise Invalid("设置里的“{name}”应当是一组键值。", name=".".join(path[: depth + 1]))
    return table


def _row(kind: str) -> Table | InlineTable:
    return tomlkit.inline_table() if kind in _INLINE else tomlkit.table()
