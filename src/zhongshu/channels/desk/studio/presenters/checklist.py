"""What is still missing before a draft can be published, part by part."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from zhongshu.channels.desk.studio.presenters import sections
from zhongshu.engine.cases.rules.examining import Finding

_LOOKED_AT = ("studio_draft", "studio_history", "studio_publish")
"""Pages on which nothing is written."""
_TRIAL, TRIALS = "studio_trial", "trials/"


@dataclass(frozen=True, slots=True)
class Check:
    """A part of the draft: how many things have to be changed there, how many looked at, and what else is missing."""

    name: str
    address: str
    wrong: int = 0
    odd: int = 0
    missing: str = ""

    @property
    def sound(self) -> bool:
        """Whether nothing keeps it from being published."""
        return not (self.wrong or self.missing)


def checks(draft: UUID, files: Collection[str], findings: Iterable[Finding]) -> list[Check]:
    """Every part in the order of work, and whether anybody has tried the whole."""
    found = [(sections.page_of(each), each.severity) for each in findings]
    untried = "" if any(name.startswith(TRIALS) for name in files) else gettext("还没有存下试办的例子")
    return [
        Check(
            gettext(name), reverse(f"desk:{address}", args=[draft]),
            found.count((address, "error")), found.count((address, "warning")),
            untried if address == _TRIAL else "",
        )
        for address, name in sections.SECTIONS.items() if address not in _LOOKED_AT
    ]  # fmt: skip
