"""The parts of the small forms with which a row is changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Typed = Mapping[str, str]
Kind = Literal["text", "number", "area", "feel", "select", "radio", "hidden"]
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in. `id` is its own on the page; `name` is how it is sent."""

    id: str
    name: str
    label: str
    kind: Kind = "text"
    value: str = ""
    options: Options = ()
    help: str = ""
    required: bool = False
    most: int = 100


@dataclass(frozen=True, slots=True)
class Form:
    """One thing one can do to a row: `buttons` are verb and label, the first the usual one; `open`: it was tried."""

    key: str
    title: str
    fields: tuple[Field, ...]
    buttons: Options
    hidden: Options = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Forms that do the same kind of thing."""

    title: str
    forms: tuple[Form, ...]


class Maker:
    """Makes the fields of one form: what was typed into it and not taken stands in them again."""

    def __init__(self, key: str, typed: Typed) -> None:
        self.key = key
        self.typed = typed if typed.get("form") == key else {}

    def field(
        self, name: str, label: str, value: str = "", *, kind: Kind = "text", options: Options = (), help: str = "",
        required: bool = False, most: int = 100,
    ) -> Field:  # fmt: skip
        """A field."""
        shown = self.typed.get(name, value)
        return Field(f"{self.key}-{name}", name, label, kind, shown, options, help, required, most)

    def form(self, title: str, *fields: Field, buttons: Options, hidden: Options = ()) -> Form:
        """The form of these fields."""
        return Form(self.key, title, fields, buttons, hidden, bool(self.typed))
