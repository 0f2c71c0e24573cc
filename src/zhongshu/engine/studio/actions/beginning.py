"""Beginning a draft: from a published scenario, from a pattern, or with files of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.studio.actions import rows
from zhongshu.engine.studio.models import Draft
from zhongshu.engine.studio.queries import patterns
from zhongshu.engine.studio.rules import folders


@dataclass(frozen=True, slots=True)
class Called:
    """What a new scenario is called: its code, its names, and how its case numbers begin; an empty one is kept."""

    code: str
    name: str = ""
    name_en: str = ""
    prefix: str = ""

    @property
    def said(self) -> dict[str, str]:
        """What of it is to be written into the page of settings."""
        given = {"code": self.code, "name": self.name, "name_en": self.name_en, "prefix": self.prefix}
        return {key: value for key, value in given.items() if value}


@transaction.atomic
def begin_from_scenario(
    code: str, body: int, *, version: int | None = None, called: Called | None = None, by: Actor, at: datetime
) -> Draft:
    """A draft of a published scenario: of its next version, or, called otherwise, of a new scenario like it.

    `version`: the one to copy, the newest unless said. Absent when there is none, Conflict when the new code is taken.
    """
    newest = scenarios.newest_number(code)
    number = version or newest
    files = scenarios.files(code, number)
    origin = (Draft.Origin.SCENARIO, f"{code} {number}")
    if called is None or called.code == code:
        return rows.begin(code, files, body, *origin, newest, by, at)
    _free(called.code)
    return rows.begin(called.code, folders.renamed(files, called.said), body, *origin, 0, by, at)


@transaction.atomic
def begin_from_pattern(pattern: str, called: Called, body: int, *, by: Actor, at: datetime) -> Draft:
    """A draft of a new scenario from a pattern. Absent without such a pattern, Conflict when the code is taken."""
    _free(called.code)
    files = folders.renamed(patterns.files(pattern), called.said)
    return rows.begin(called.code, files, body, Draft.Origin.PATTERN, pattern, 0, by, at)


@transaction.atomic
def begin_new(files: Mapping[str, str], body: int, *, name: str, by: Actor, at: datetime) -> Draft:
    """A draft of files somebody brings, under the code they say; `name`: of the file they came in.

    Where there is such a scenario already it is a draft of its next version.
    """
    code = _named(folders.code_of(files))
    return rows.begin(code, files, body, Draft.Origin.IMPORT, name, scenarios.newest_number(code), by, at)


def _free(code: str) -> None:
    if scenarios.newest_number(_named(code)):
        raise Conflict("已有代码为 {code} 的场景，请换一个代码，或从它复制。", code=code)


def _named(code: str) -> str:
    if not folders.is_code(code):
        raise Invalid("场景代码只用小写字母、数字和连字符，以字母开头，不超过 60 个字符。", field="code")
    return code
