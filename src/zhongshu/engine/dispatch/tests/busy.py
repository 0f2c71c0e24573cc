"""A body that had cases on the same weekday of the last weeks, for stories of tries."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.engine.cases.models import Case
from zhongshu.engine.dispatch import actions
from zhongshu.engine.dispatch.models import Shift
from zhongshu.engine.dispatch.queries import tried
from zhongshu.engine.dispatch.rules.rosters import WEEK, Turn
from zhongshu.engine.dispatch.rules.simulation import past
from zhongshu.registers.people.models import Account

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

_MOVE = """
WITH a_case AS (UPDATE cases_case SET opened = %(at)s WHERE id = %(case)s),
     a_task AS (UPDATE cases_task SET opened = %(at)s WHERE case_id = %(case)s)
UPDATE cases_reach SET opened = %(at)s WHERE case_id = %(case)s
"""


def happened_at(case: UUID, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, {"case": case, "at": at})


class Busy:
    """A body with cases on the same weekday of the last weeks, its officers off duty."""

    def __init__(self, city: Any, cases: int = past.FEWEST) -> None:
        self.city = city
        self.midnight = datetime.combine(city.now.astimezone(SHANGHAI).date() + DAY, time.min, SHANGHAI)
        for number in range(cases):
            case = city.report(spot=city.spot()).case_id
            happened_at(case, self.midnight - (1 + number % 2) * WEEK + (9 + 0.4 * (number // 2)) * HOUR)
        self.body = Case.objects.get(pk=case).body
        self.crew = list(Account.objects.filter(body=self.body, grants__role="handler").order_by("login"))
        Shift.objects.filter(account__in=[one.pk for one in self.crew]).delete()

    def turn(self, starts: float = 8, hours: float = 12, officer: int = 0, **more: Any) -> Turn:
        begins = self.midnight + starts * HOUR
        account = self.crew[officer]
        return Turn(str(account.pk), more.get("place") or account.body.place, (), begins, begins + hours * HOUR)

    def planned(self, *turns: Turn) -> list[Shift]:
        by = self.city.actor("supervisor")
        return [actions.plan_shift(self.body, turn, by=by, at=self.city.now) for turn in turns]

    def tried(self, turn: Turn, by: str = "supervisor") -> tried.Tried:
        return actions.try_shift(self.body, turn, by=self.city.actor(by), at=self.city.now)
