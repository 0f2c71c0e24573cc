"""Inputs of the studio's forms as data: one template shows them all, and reads what was typed back in one way."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from zhongshu.base.http.refusals import Invalid

Inputs = Mapping[str, Sequence[str]]
"""What stands in a form, saved or typed: name of the input → its values."""
Options = Iterable[tuple[str, str]]
"""What can be chosen: value and label."""


_LINE = 200
_MOST = {"area": 10_000, "feel": 4_000}
"""Kind → the characters it takes."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Control:
    """One input, or several that are one thing; `kind` says how it is shown, `parts` which inputs belong to it.

    `groups` are the choices under their headings; `inner` what stands within. `id` is its own on the page where
    several forms have inputs of one name; `most`: the characters it takes.
    """

    kind: str
    name: str
    label: str
    value: str = ""
    help: str = ""
    groups: Sequence[tuple[str, Sequence[Choice]]] = ()
    inner: Mapping[str, "Control"] = field(default_factory=dict)
    unit: str = ""
    id: str = ""
    required: bool = False
    most: int = _LINE

    @property
    def place(self) -> str:
        """Its id on the page, which a refusal names."""
        return self.id or self.name

    @property
    def parts(self) -> list[str]:
        """The places of its inputs."""
        return [self.place, *(each.place for each in self.inner.values())]


@dataclass(frozen=True, slots=True)
class Group:
    """Controls under a heading; those seldom needed are folded away (`rare`)."""

    title: str
    controls: Sequence[Control]
    rare: bool = False

    @property
    def parts(self) -> list[str]:
        """The places of all inputs in it."""
        return [place for control in self.controls for place in control.parts]


def value(inputs: Inputs, name: str) -> str:
    """The one value of an input."""
    found = inputs.get(name) or ("",)
    return found[-1]


def text(inputs: Inputs, name: str, label: str, help: str = "", kind: str = "text", unit: str = "") -> Control:
    """Something to type: `text`, `area` (several lines), `feel` (an expression), `number` (followed by its unit)."""
    return Control(kind, name, label, value(inputs, name), help, unit=unit, most=_MOST.get(kind, _LINE))


def select(inputs: Inputs, name: str, label: str, options: Options, help: str = "") -> Control:
    """One of several."""
    return among(inputs, name, label, [("", options)], help)


def among(
    inputs: Inputs, name: str, label: str, grouped: Iterable[tuple[str, Options]], help: str = ""
) -> Control:  # fmt: skip
    """One of several under headings; what is set but no longer offered stays to be seen, so that nothing changes."""
    now = value(inputs, name)
    groups = [(title, choices(options, [now])) for title, options in grouped]
    if not any(choice.chosen for _, choices in groups for choice in choices):
        groups.append(("", [Choice(now, now or gettext("请选择"), chosen=True)]))
    return Control("select", name, label, now, help, groups)


def checks(inputs: Inputs, name: str, label: str, options: Options, help: str = "") -> Control:
    """Any of several."""
    return Control("checks", name, label, "", help, [("", choices(options, inputs.get(name, ())))])


def choices(options: Options, now: Collection[str]) -> list[Choice]:
    """What can be chosen, with what is."""
    return [Choice(value, label, value in now) for value, label in options]


def one_of(typed: Inputs, name: str, offered: Collection[str]) -> str:
    """What was chosen of what was offered; Invalid if it is none of it."""
    found = value(typed, name)
    if found not in offered:
        raise Invalid("请从列表中选择。", field=name)
    return found


def some_of(typed: Inputs, name: str, offered: Collection[str], before: Sequence[str] = ()) -> list[str]:
    """What was ticked of what was offered; Invalid if something is none of it.

    What was set `before` stays in its order, the rest follows in that of the form.
    """
    found = dict.fromkeys(each for each in typed.get(name, ()) if each)
    if any(each not in offered for each in found):
        raise Invalid("请从列表中选择。", field=name)
    return [*(each for each in before if each in found), *(each for each in found if each not in before)]


def whole(typed: Inputs, name: str, least: int, most: int) -> int | None:
    """A whole number within bounds; None where nothing was typed."""
    found = value(typed, name).strip()
    if not found:
        return None
    if not (found.isascii() and found.isdigit() and len(found) < 10 and least <= int(found) <= most):
        raise Invalid("请写 {least} 到 {most} 之间的整数。", field=name, least=least, most=most)
    return int(found)


def joined(words: Iterable[str]) -> str:
    """Words as a list in a sentence."""
    return gettext("、").join(words)
