"""The small forms with which a row is changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhongshu.channels.desk.studio.presenters import controls
from zhongshu.channels.desk.studio.presenters.controls import Control

Typed = Mapping[str, str]
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One thing one can do to a row: `buttons` are verb and label, the first the usual one; `open`: it was tried."""

    key: str
    title: str
    controls: tuple[Control, ...]
    buttons: Options
    hidden: Options = ()
    open: bool = False

    @property
    def parts(self) -> list[str]:
        """The places of its inputs."""
        return [place for each in self.controls for place in each.parts]


@dataclass(frozen=True, slots=True)
class Group:
    """Forms that do the same kind of thing."""

    title: str
    forms: tuple[Form, ...]


class Maker:
    """Makes the inputs of one form: what was typed into it and not taken stands in them again."""

    def __init__(self, key: str, typed: Typed) -> None:
        self.key = key
        self.typed = typed if typed.get("form") == key else {}

    def field(
        self, name: str, label: str, value: str = "", *, kind: str = "text", options: Iterable[tuple[str, str]] = (),
        help: str = "", required: bool = False, most: int = 100,
    ) -> Control:  # fmt: skip
        """An input."""
        shown = self.typed.get(name, value)
        groups = [("", controls.choices(options, [shown]))]
        return Control(kind, name, label, shown, help, groups, id=f"{self.key}-{name}", required=required, most=most)

    def form(self, title: str, *fields: Control, buttons: Options, hidden: Options = ()) -> Form:
        """The form of these inputs."""
        return Form(self.key, title, fields, buttons, hidden, bool(self.typed))
