"""The cases behind a figure."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from zhongshu.base.http import access
from zhongshu.channels.desk.cases.presenters import lists as rows
from zhongshu.channels.desk.figures.forms import whole_number
from zhongshu.channels.desk.figures.presenters import tabs
from zhongshu.channels.desk.figures.presenters.behind import Behind
from zhongshu.channels.desk.presenters.sheets import MOST_ROWS
from zhongshu.data.figures import queries as figures
from zhongshu.engine.cases.queries import counted, lists


@access.holding("figures.read")
def cases(request: access.Request) -> HttpResponse:
    """One page of the cases a figure counts, newest first, with the figure itself."""
    behind = Behind.read(request.GET, request.by, request.at)
    number, after = behind.number(), lists.After.parse(request.GET.get("after", ""))
    left = max(0, number - _shown(request.GET.get("shown", "")))
    found = counted.rows(behind.counted, after, min(lists.PAGE + 1, left)) if left else []
    kept = {name: said for name, said in request.GET.items() if name not in ("after", "shown")}
    following = rows.following(found, lists.PAGE)
    context = {
        "tabs": tabs.tabs(request), "title": behind.title, "number": number, "most": MOST_ROWS,
        "items": rows.items(found[: lists.PAGE], request.at), "counted": figures.counted_until(request.at),
        "address": urlencode(kept), "later": after is not None,
        "next": urlencode({**kept, "after": following, "shown": number - left + lists.PAGE}) if following else "",
    }  # fmt: skip
    return render(request, "desk/figures/cases.html", context)


def _shown(text: str) -> int:
    return max(0, whole_number(text) or 0)
