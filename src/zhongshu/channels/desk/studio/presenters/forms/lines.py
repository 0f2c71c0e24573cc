"""A questionnaire question by question, in steps and groups, as its editor shows it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from zhongshu.channels.desk.studio.presenters.forms import words
from zhongshu.channels.desk.studio.presenters.forms.words import Said
from zhongshu.engine.cases.rules.examining import Finding
from zhongshu.engine.studio.rules.editing.questions import conditions, judging, kinds, layout, paths, verbs
from zhongshu.engine.studio.rules.editing.questions.conditions import Known

Document = Mapping[str, Any]
_RULES = (("visible", "visible"), ("required", "mandatory"), ("computed", "computed"))


@dataclass(frozen=True, slots=True)
class Line:
    """A question: what it asks, which kind, whether it must be answered, its rules, what is wrong with it.

    `inner` are the questions of a repeating group.
    """

    path: str
    title: str
    kind: str
    required: bool
    rules: tuple[Said, ...]
    wrong: tuple[str, ...]
    first: bool
    last: bool
    inner: tuple["Line", ...] = ()
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under one heading."""

    name: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step; `name` is empty where the author made none."""

    name: str
    title: str
    rule: Said | None
    groups: tuple[Group, ...]


def steps(document: Document, findings: Iterable[Finding] = ()) -> list[Step]:
    """The questionnaire as its editor shows it; without steps one that has no name."""
    known = conditions.known(document, "")
    asked = _Asked(document, known, _wrong(document, findings))
    made = layout.steps(document)
    if not made:
        return [Step("", "", None, (Group("", "", asked.lines(layout.sequence(document))),))]
    shown = layout.sequence(document)
    return [_step(step, asked, known, shown) for step in made]


def _step(step: Mapping[str, Any], asked: "_Asked", known: Mapping[str, Known], shown: list[str]) -> Step:
    rule = words.rule("visible", step["visible"], known) if step.get("visible") else None
    groups = (
        Group(group["name"], group.get("title", ""), asked.lines(group["fields"], shown)) for group in step["groups"]
    )
    return Step(step["name"], step.get("title", ""), rule, tuple(groups))


@dataclass(frozen=True, slots=True)
class _Asked:
    document: Document
    known: Mapping[str, Known]
    wrong: Mapping[str, list[str]]

    def lines(self, names: Iterable[str], among: list[str] | None = None) -> tuple[Line, ...]:
        """The questions of these names; they go up and down `among` all of these."""
        listed = [name for name in names if name in self.document.get("properties", {})]
        ends = among or listed
        return tuple(self._line(name, name == ends[0], name == ends[-1]) for name in listed)

    def _line(self, path: str, first: bool, last: bool) -> Line:
        schema = paths.schema(self.document, path)
        ui, kind = schema.get("x-ui", {}), kinds.of(schema)
        inside = paths.outer(path) and any(ui.get(key) for key, _ in _RULES)
        known = conditions.known(self.document, path) if inside else self.known
        rules = tuple(words.rule(part, str(ui[key]), known) for key, part in _RULES if ui.get(key))
        return Line(
            path=path,
            title=schema.get("title") or paths.name(path),
            kind=words.kind(kind.name),
            required=paths.name(path) in paths.home(self.document, path).get("required", ()),
            rules=rules,
            wrong=tuple(self.wrong.get(path, ())),
            first=first,
            last=last,
            inner=self._inner(path) if kind.name == "rows" else (),
            repeats=kind.name == "rows",
        )

    def _inner(self, group: str) -> tuple[Line, ...]:
        names = layout.sequence(self.document, group)
        return tuple(self._line(f"{group}.{name}", name == names[0], name == names[-1]) for name in names)


def _wrong(document: Document, findings: Iterable[Finding]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for finding in findings:
        place = judging.place(document, finding.place)
        if place.question:
            found.setdefault(place.question, []).append(said(document, finding.sentence, finding.gaps))
    return found


def said(document: Document, sentence: str, gaps: Mapping[str, Any]) -> str:
    """A sentence about a questionnaire in words: the place it speaks of by the title of its question."""
    pointed = gaps.get("path")
    told = dict(gaps) | ({"path": _called(document, pointed)} if isinstance(pointed, str) else {})
    return gettext(sentence).format(**told)


def _called(document: Document, pointer: str) -> str:
    place = judging.place(document, pointer)
    title = called(document, place)
    part = words.part(place.part)
    return gettext("“{title}”的“{part}”").format(title=title, part=part) if part and title else title or pointer


def called(document: Document, place: judging.Place) -> str:
    """A question, step or group by its title; empty where it is neither."""
    if place.question:
        known = dict(verbs.everything(document))
        return known.get(place.question, {}).get("title") or paths.name(place.question)
    return layout.read(document, place.section).title if place.section else ""


def places(document: Document, path: str = "") -> Iterator[tuple[str, str]]:
    """Where a question may stand, as a choice; `path` is one that is there already and is to stand elsewhere."""
    group = paths.outer(path)
    if not group:
        yield from _in_groups(document)
    for name in layout.sequence(document, group):
        asked = f"{group}.{name}" if group else name
        if asked != path:
            title = paths.schema(document, asked).get("title") or name
            yield f"after:{name}", gettext("在“{title}”之后").format(title=title)
    if path:
        return
    for name, schema in document.get("properties", {}).items():
        if kinds.of(schema).name == "rows":
            yield f"rows:{name}", gettext("在重复组“{title}”里，最后").format(title=schema.get("title") or name)


def _in_groups(document: Document) -> Iterator[tuple[str, str]]:
    yield "first", gettext("最前面")
    for step in layout.steps(document):
        for group in step["groups"]:
            title = " · ".join(filter(None, (step.get("title", ""), group.get("title", ""))))
            yield f"group:{group['name']}", gettext("“{title}”的最后").format(title=title)
