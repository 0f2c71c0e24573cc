"""What is asked of an import."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

import msgspec

from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.places.rules.datum import Datum


class Register(StrEnum):
    """Which register a file is for."""

    REGIONS = "regions"
    CELLS = "cells"
    COMPONENTS = "components"


def register(name: str) -> Register:
    """The register of this name; `Invalid` for a name we do not know."""
    try:
        return Register(name)
    except ValueError:
        raise Invalid("请选择文件里是什么：区划、网格还是部件。", field="register") from None


@dataclass(frozen=True, slots=True)
class Order:
    """A file for a register, and how it is to be read.

    `complete`: what stands in the register where the file speaks, but not in the file, is ended. `sound_only`: rows
    with faults are left out instead of refusing the file; nothing is ended then, for a row left out is not gone.
    """

    register: Register
    document: bytes | str | Mapping[str, Any]
    datum: Datum = Datum.WGS84
    complete: bool = False
    sound_only: bool = False
    name: str = ""

    @property
    def digest(self) -> str:
        """The SHA-256 of the file, in hexadecimal."""
        raw = msgspec.json.encode(self.document) if isinstance(self.document, Mapping) else self.document
        return sha256(raw.encode() if isinstance(raw, str) else raw).hexdigest()

    def basis(self, edition: int) -> str:
        """What a preview rests on: this file read in this way into this edition of the register."""
        said = (self.digest, self.register, self.datum, self.complete, edition)
        return sha256(msgspec.json.encode(said)).hexdigest()
