"""Codes and ids written into a folder that belong to another city. Pure.

A folder travels between cities; a place code or the id of a body written into it does not. Place codes are known by
their form (GB/T 2260 and 国统字〔2009〕91号), ids of bodies by what they stand beside: bodies are numbered by each
installation for itself.
"""

import re
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules import settings
from zhongshu.engine.cases.rules.examining import PAGE, Finding
from zhongshu.engine.decisions.rules import tree
from zhongshu.engine.studio.rules import written
from zhongshu.engine.studio.rules.written import Written
from zhongshu.registers.places.rules import codes

PROVINCES = frozenset(
    str(code) for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 82))
    for code in range(first, last + 1)
)  # fmt: skip
"""The first two digits of a place code (GB/T 2260)."""
_CODE = re.compile(r"(?:\d{6}|\d{9}|\d{12}|\d{15})\Z", re.ASCII)
_BODIES = frozenset({"body", "own_body", "responsible"})
_PLACES = frozenset({"place", "district", "street", "community", "cell", "region", "city"})


@dataclass(frozen=True, slots=True)
class Here:
    """What is here: the code of the city itself, the codes of all its places, its living bodies by id, the codes of its
    categories.
    """

    city: str
    places: Container[int]
    bodies: Mapping[int, str]
    categories: Collection[str] = ()


def look(files: Mapping[str, str], here: Here) -> Iterator[Finding]:
    """Every code of a place or body in these files that is not of here; and bodies of here, for a person to look at."""
    asked = _BODIES | written.body_questions(files)
    for each in written.all_of(files):
        places, bodies = _named(each, asked)
        for code in dict.fromkeys(places):
            if said := _about_place(code, here):
                yield Finding(each.file, each.place, "error", said, {"code": code}, each.line)
        for body in dict.fromkeys(bodies):
            yield _about_body(each, body, here)
    yield from _about_categories(files, here)


def _about_categories(files: Mapping[str, str], here: Here) -> Iterator[Finding]:
    """The terms of categories that are not here; nothing where none is set up yet, or the page cannot be read."""
    try:
        terms = settings.parse(files.get(PAGE, "")).deadlines if here.categories else {}
    except Invalid:
        return  # said about the page
    for code in (code for code in terms if code not in here.categories):
        sentence = "本市没有类别 {code}，为它定的期限用不上；请换成本市的类别，或者删去。"
        yield Finding(PAGE, f"/deadlines/{code}", "error", sentence, {"code": code})


def _about_place(code: str, here: Here) -> str:
    try:
        short = codes.parse(code)
    except Invalid:
        return ""
    if here.city.startswith(short) or not {short[:2]} & (PROVINCES | {here.city[:2]}):
        return ""
    if not short.startswith(here.city):
        return "地点 {code} 属于另一个城市，请换成本市的。"
    return "" if int(short) in here.places else "本市没有地点 {code}，请核对。"


def _about_body(each: Written, body: int, here: Here) -> Finding:
    if body in here.bodies:
        sentence = "这里直接写了单位编号 {body}（{name}）；换一个城市就不是它了，请核对。"
        return Finding(each.file, each.place, "warning", sentence, {"body": body, "name": here.bodies[body]}, each.line)
    sentence = "单位编号 {body} 在这里不存在或已撤销，属于另一个城市；请换成本市的单位。"
    return Finding(each.file, each.place, "error", sentence, {"body": body}, each.line)


def _named(each: Written, asked: frozenset[str]) -> tuple[list[str], list[int]]:
    """The place codes and the ids of bodies in an expression."""
    places, bodies = [], []
    if each.names_a_body:
        bodies += [number for value in _results(each.root) for number in _numbers(value)]
    if each.list_of_bodies:
        bodies += _numbers(each.root)
    for node in _nodes(each.root):
        if isinstance(node, tree.Literal):
            places += [text for text in _texts(node.value) if _CODE.match(text)]
        name, others = _compared(node)
        if name in asked:
            bodies += [number for other in others for number in _numbers(other)]
        if name in _PLACES:
            places += [str(number) for other in others for number in _numbers(other) if _CODE.match(str(number))]
    return places, bodies


def _compared(node: tree.Node) -> tuple[str, tuple[tree.Node, ...]]:
    """The last part of the name that is compared here, and with what; an empty name where nothing is."""
    match node:
        case tree.Comparison(sign="=" | "!=", left=left, right=right):
            return (_last(left), (right,)) if _last(left) else (_last(right), (left,))
        case tree.Membership(value=value, tests=tests):
            return _last(value), tuple(test.operand for test in tests)
    return "", ()


def _last(node: tree.Node) -> str:
    match node:
        case tree.Name(name):
            return name
        case tree.Path(keys=keys):
            return keys[-1]
    return ""


def _results(node: tree.Node) -> Iterator[tree.Node]:
    """What an expression may come to, as far as its conditions tell."""
    if isinstance(node, tree.Condition):
        yield from _results(node.chosen)
        yield from _results(node.otherwise)
    else:
        yield node


def _nodes(root: tree.Node) -> Iterator[tree.Node]:
    yield root
    for child in tree.children(root):
        yield from _nodes(child)


def _numbers(node: tree.Node) -> list[int]:
    """The whole numbers written out here, alone or in a list."""
    if isinstance(node, tree.Listing):
        return [number for item in node.items for number in _numbers(item)]
    given = node.value if isinstance(node, tree.Literal) else None
    values = given if isinstance(given, list | tuple) else [given]
    return [
        int(each)
        for each in values
        if isinstance(each, int | Decimal) and not isinstance(each, bool) and each == int(each)
    ]


def _texts(value: Any) -> list[str]:
    return [each for each in (value if isinstance(value, list | tuple) else [value]) if isinstance(each, str)]
