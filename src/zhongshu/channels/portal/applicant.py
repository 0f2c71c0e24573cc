"""What who told of a matter may do about it while it runs: add what is missing, urge, take it back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhongshu.affairs.city.queries import Progress
from zhongshu.base.http.refusals import Refusal
from zhongshu.channels.portal import resuming
from zhongshu.channels.portal.resuming import Form
from zhongshu.engine.cases.models import Attachment
from zhongshu.engine.cases.queries import clocks, contacts, urging
from zhongshu.engine.cases.queries import supplement as lists
from zhongshu.engine.cases.queries.supplement import Supplement
from zhongshu.engine.cases.rules import ending
from zhongshu.engine.cases.rules import urging as rules
from zhongshu.engine.letters.queries import made
from zhongshu.registers.documents.models import Document


@dataclass(frozen=True, slots=True)
class Part:
    """The list that waits for the visitor, with its form as it is kept; the lists that came; whether they may urge and
    take back.

    `urged`: they have urged today.
    """

    waiting: Supplement | None
    form: Form | None
    came: list[Supplement]
    urge: bool
    urged: bool
    withdraw: bool


def files(found: Progress) -> list[tuple[Attachment, Document]]:
    """The files of the case that are for the visitor."""
    given = found.case.files
    letters = made.for_applicant(found.case.row.id) if given else set[UUID]()
    return [(one, document) for one, document in given if is_for(one, found.first, letters)]


def is_for(attachment: Attachment, first: bool, letters: Collection[UUID]) -> bool:
    """Whether a file is for who told of its case: for the `first` of them what came with the report or a supplement,
    and the `letters` that are for the applicant.
    """
    inside = attachment.field.startswith(made.PREFIX) or attachment.token is not None
    return first and (not inside or attachment.document in letters)


def part(found: Progress, at: datetime) -> Part:
    """The visitor's part in a matter, in five statements at most; none but the first for one that is closed."""
    theirs = [one for one in lists.of_case(found.case.row.id) if one.contact == found.contact]
    waiting = next((one for one in theirs if one.waiting), None)
    open_ = found.case.row.closed is None
    running = open_ and clocks.stopped(found.running) is None
    return Part(
        waiting=waiting,
        form=resuming.supplement(found, waiting) if waiting else None,
        came=[one for one in theirs if one.ending == "answered"],
        urge=running,
        urged=running and rules.today(urging.last_by_contact(found.running, found.contact), at),
        withdraw=open_ and not found.into and _withdrawable(found),
    )


def _withdrawable(found: Progress) -> bool:
    decided = found.case.scenario.decided_by(found.case.data)
    others = contacts.told_by_others(found.running, found.contact)
    try:
        ending.withdrawable(closed=False, decided=decided, others=others)
    except Refusal:
        return False
    return True
