"""How two questionnaires differ: question by question, then whatever else."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from zhongshu.engine.studio.rules.comparing.told import Change, flat, pointer, shown

_OF_A_QUESTION: Mapping[tuple[str, ...], str] = {
    ("title",): "问题“{before}”改为“{after}”。",
    ("x-ui", "title_en"): "问题“{title}”的英文：{before} → {after}。",
    ("x-ui", "help"): "问题“{title}”的说明：{before} → {after}。",
    ("x-ui", "visible"): "问题“{title}”何时出现：{before} → {after}。",
    ("x-ui", "mandatory"): "问题“{title}”何时必答：{before} → {after}。",
    ("x-ui", "computed"): "问题“{title}”怎样算出：{before} → {after}。",
    ("x-ui", "widget"): "问题“{title}”的样子：{before} → {after}。",
    ("type",): "问题“{title}”的类型：{before} → {after}。",
    ("format",): "问题“{title}”的类型：{before} → {after}。",
    ("minLength",): "问题“{title}”至少几个字：{before} → {after}。",
    ("maxLength",): "问题“{title}”至多几个字：{before} → {after}。",
    ("minimum",): "问题“{title}”不小于：{before} → {after}。",
    ("maximum",): "问题“{title}”不大于：{before} → {after}。",
    ("minItems",): "问题“{title}”至少几项：{before} → {after}。",
    ("maxItems",): "问题“{title}”至多几项：{before} → {after}。",
}
_ANY_OF_A_QUESTION = "问题“{title}”的 {key}：{before} → {after}。"
_ANY = "问卷的 {key}：{before} → {after}。"
_APART = ("properties", "required")


def compare(before: str, after: str) -> list[Change] | None:
    """The differences in words; None where one of them is no questionnaire at all."""
    old, new = _read(before), _read(after)
    return None if old is None or new is None else list(_group(old, new, ()))


def _group(old: Mapping[str, Any], new: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Change]:
    """What differs between two objects with questions: a questionnaire, or the rows of a repeating group."""
    was, now = _questions(old), _questions(new)
    here = (*path, "properties")
    for name in now:
        if name not in was:
            yield Change(pointer((*here, name)), "加了问题“{title}”。", {"title": _title(now, name)})
    for name in was:
        if name not in now:
            yield Change(pointer((*here, name)), "去掉了问题“{title}”。", {"title": _title(was, name)})
        else:
            yield from _question(was[name], now[name], _title(now, name), (*here, name))
    yield from _required(old, new, now, here)
    if [name for name in was if name in now] != [name for name in now if name in was]:
        yield Change(pointer(here), "问题的先后改了。")
    yield from _rest(old, new, _APART, path, "")


def _required(
    old: Mapping[str, Any], new: Mapping[str, Any], now: Mapping[str, Any], here: tuple[str, ...]
) -> Iterator[Change]:
    must, had_to = _names(new.get("required")), _names(old.get("required"))
    for name in sorted(must ^ had_to):
        if name in now and name in _questions(old):
            told = "问题“{title}”改为必答。" if name in must else "问题“{title}”改为选答。"
            yield Change(pointer((*here, name)), told, {"title": _title(now, name)})


def _question(old: Any, new: Any, title: str, path: tuple[str, ...]) -> Iterator[Change]:
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        if old != new:
            yield _change(path, (), old, new, title)
        return
    yield from _rest(old, new, ("enum", "items"), path, title)
    yield from _options(old.get("enum"), new.get("enum"), title, (*path, "enum"))
    was, now = old.get("items"), new.get("items")
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        yield from _options(was.get("enum"), now.get("enum"), title, (*path, "items", "enum"))
        rows = "properties" in was or "properties" in now
        if rows:
            yield from _group(was, now, (*path, "items"))
        else:
            yield from _rest(was, now, ("enum",), (*path, "items"), title)
    elif was != now:
        yield _change(path, ("items",), was, now, title)


def _options(old: Any, new: Any, title: str, path: tuple[str, ...]) -> Iterator[Change]:
    was, now = (value if isinstance(value, list) else [] for value in (old, new))
    for option in (each for each in now if each not in was):
        yield Change(pointer(path), "问题“{title}”加了选项“{option}”。", {"title": title, "option": shown(option)})
    for option in (each for each in was if each not in now):
        yield Change(pointer(path), "问题“{title}”去掉了选项“{option}”。", {"title": title, "option": shown(option)})
    if was != now and sorted(map(shown, was)) == sorted(map(shown, now)):
        yield Change(pointer(path), "问题“{title}”选项的先后改了。", {"title": title})


def _rest(
    old: Mapping[str, Any], new: Mapping[str, Any], apart: tuple[str, ...], path: tuple[str, ...], title: str
) -> Iterator[Change]:
    was, now = (flat({key: each for key, each in part.items() if key not in apart}) for part in (old, new))
    for way in sorted(was.keys() | now.keys()):
        if way not in was or way not in now or was[way] != now[way]:
            yield _change(path, way, was.get(way), now.get(way), title)


def _change(path: tuple[str, ...], way: tuple[str, ...], before: Any, after: Any, title: str) -> Change:
    gaps = {"title": title, "key": ".".join(way), "before": shown(before), "after": shown(after)}
    told = _OF_A_QUESTION.get(way, _ANY_OF_A_QUESTION) if title else _ANY
    return Change(pointer((*path, *way)), told, gaps)


def _read(text: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, Mapping) else None


def _questions(part: Mapping[str, Any]) -> Mapping[str, Any]:
    found = part.get("properties", {})
    return found if isinstance(found, Mapping) else {}


def _title(questions: Mapping[str, Any], name: str) -> str:
    schema = questions[name]
    return str(schema.get("title") or name) if isinstance(schema, Mapping) else name


def _names(part: Any) -> set[str]:
    return {each for each in part if isinstance(each, str)} if isinstance(part, list) else set()
