"""The cases behind a figure: which, how many the counters say, and what the list is called."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self, cast, get_args
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.desk.figures import forms
from zhongshu.channels.desk.figures.forms import Question
from zhongshu.channels.desk.figures.presenters import words
from zhongshu.channels.presenters import names
from zhongshu.data.figures import queries as figures
from zhongshu.data.figures.queries import Value, parts
from zhongshu.data.figures.rules import requests
from zhongshu.data.figures.rules.measures import MEASURES, Measure
from zhongshu.data.figures.rules.requests import Whole
from zhongshu.engine.cases.queries import seen
from zhongshu.engine.cases.queries.counted import Counted, What


def address(measure: Measure, value: Value, of: int, first: date, last: date, category: str = "") -> str:
    """Where the cases a figure counts are listed; empty where there is no such list, or nothing in it."""
    nothing = not value.base or (measure.unit == "share" and value.number == 1)  # none was late
    if not measure.behind or nothing:
        return ""
    asked = {"what": measure.behind, "of": of, "first": first, "last": last, "category": category}
    return f"{reverse('desk:figure_cases')}?{urlencode({name: said for name, said in asked.items() if said})}"


@dataclass(frozen=True, slots=True)
class Behind:
    """The list behind a number."""

    counted: Counted

    @classmethod
    def read(cls, sent: QueryDict, by: Actor, at: datetime) -> Self:
        """From an address; Absent when it leads nowhere, or to cases the visitor may not see."""
        what = sent.get("what", "")
        if what not in get_args(What):
            raise Absent("没有这个数字：请从指标表中的数字进入。")
        under = forms.ancestor(sent.get("of", ""), by, at)
        if not permissions.scope(by, seen.READ, at).covers(parts.reach(under)):
            raise Absent("没有这个数字：请从指标表中的数字进入。")
        first, last = Question.read(sent, at).span()
        requests.asked([what], "total", Whole("place", under), first, last, sent.get("category", ""))
        return cls(Counted(cast(What, what), under, first, last, sent.get("category", "")))

    def number(self) -> int:
        """How many there are, as counted."""
        asked, whole = self.counted, Whole("place", self.counted.under)
        request = requests.asked([asked.what], "total", whole, asked.first, asked.last, asked.category)
        return int(figures.whole(request).values[0].number or 0)

    @property
    def title(self) -> str:
        """What is listed: the measure, of what, when."""
        asked = self.counted
        said = [words.measure(MEASURES[asked.what]), words.ancestor(asked.under)]
        said.append(
            words.day(asked.first)
            if asked.first == asked.last
            else f"{words.day(asked.first)} – {words.day(asked.last)}"
        )
        if asked.category:
            said.append(names.category(asked.category, asked.category))
        return " · ".join(said)
