"""What a page with a form says of itself: which form it asks, of which draft, and for whom it was drawn. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from zhongshu.base.permissions.rules import ANONYMOUS, Actor


@dataclass(frozen=True, slots=True)
class Subject:
    """The form that is filled in: of a scenario's `version`, the report's own (`element` is empty) or a task's.

    `category` is what a report is about, `case_id` and `token` are the task's, `title` what the list of drafts shows,
    `address` where the page with the form is. A form with an `element` each fills in once.
    """

    scenario: str
    version: int
    title: str
    title_en: str
    address: str
    category: str = ""
    element: str = ""
    case_id: UUID | None = None
    token: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was drawn: its draft, its form, and the account (empty: nobody's) and party it was drawn for."""

    draft: UUID
    subject: Subject
    account: str = ""
    behalf: str | None = None

    def is_for(self, by: Actor) -> bool:
        """Whether who sends it now may have been who saw it: the same account for the same party, or nobody signed in
        then.
        """
        return self.account in ("", account(by)) and (not self.account or self.behalf == behalf(by))

    def written(self) -> dict[str, Any]:
        """As plain JSON values."""
        told = asdict(self)
        told["draft"] = str(self.draft)
        told["subject"]["case_id"] = self.subject.case_id and str(self.subject.case_id)
        return told

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Page":
        """What `written` has written."""
        subject = dict(told["subject"])
        subject["case_id"] = subject["case_id"] and UUID(subject["case_id"])
        return cls(UUID(told["draft"]), Subject(**subject), told["account"], told["behalf"])


def account(by: Actor) -> str:
    """The account that acts; empty for nobody signed in."""
    return "" if by.id == ANONYMOUS.id else by.id


def behalf(by: Actor) -> str | None:
    """The party that is acted for under a mandate."""
    return by.behalf if by.mandate else None
