"""A page's form on its way into a draft: what it carries, and how disputed answers are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from zhongshu.base.http import browsers
from zhongshu.base.http.access import Request
from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.channels.presenters import names
from zhongshu.channels.presenters.forms.asked import called
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.intake.models import Draft
from zhongshu.engine.intake.queries import drafts, pages
from zhongshu.engine.intake.rules import typed as rules
from zhongshu.engine.intake.rules.merging import Dispute
from zhongshu.engine.intake.rules.pages import Page
from zhongshu.engine.intake.rules.questionnaire import Field, Questionnaire

PAGE, BASE, STEP, ASKED, MINE = "draft-page", "draft-base", "draft-step", "draft-asked", "draft-mine."
"""What a form of ours carries besides its answers: its page's stamp, the revision it was drawn from, the step shown,
the questions it asks (one that is not sent then was left empty), and of a disputed one whether its answer is right.
"""
GO = "draft-go"
"""The button that saves a form half filled in."""
_OURS = {
    "csrfmiddlewaretoken",
    "act-key",
    "act-ago",
    "photo-drop",
    "drop",
    "revision",
    "case-revision",
    "own-key",
    "own-go",
}
_BUTTONS = ("draft-", "report-", "form-", "queue-", "position-")
_MOST = 3 * rules.MOST_BYTES
_PARTS = {
    "contact-name": "怎么称呼您", "contact-phone": "电话", "own-address": "地址", "own-caller": "来电人姓名",
    "own-category": "类别", "own-handled": "已当场处置完毕", "own-phone": "来电人电话", "own-place": "地点",
    "own-spot": "地点", "own-where": "地点", "place-address": "地址", "place-lat": "位置", "place-lon": "位置",
}  # fmt: skip
"""What the parts of a page that are no questions are called."""
_ITEMS = {"text": "第 {n} 项", "photos": "第 {n} 项的照片"}
"""What the questions for what is to be added are called, by the number of the item."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page has sent to be kept, in the terms of `intake.actions.drafts.save`."""

    page: Page
    typed: dict[str, Any]
    base: int
    step: str = ""
    chosen: frozenset[str] = frozenset()


def sent(request: HttpRequest) -> Sent | None:
    """What a form, or a script with JSON, has sent; None when it does not come from a page of ours with a draft.

    Raises Invalid for JSON that cannot be read, TooLarge for more than a draft's answers can take.
    """
    if request.content_type == "application/json":
        return _from_json(request)
    page = pages.read(request.POST.get(PAGE, ""))
    if page is None:
        return None
    post = request.POST
    decided = {name.removeprefix(MINE): post[name] == "1" for name in post if name.startswith(MINE)}
    typed = {path: value for path, value in _typed(post).items() if decided.get(path, True)}
    step = post.get(STEP, post.get("report-step", ""))
    return Sent(page, typed, base(request), step, frozenset(decided))


def _from_json(request: HttpRequest) -> Sent | None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > _MOST:
        raise TooLarge(
            "所填内容超过 {most} kB，没有保存。请精简文字，材料请作为文件上传。", most=rules.MOST_BYTES // 1_000
        )
    try:
        told = msgspec.json.decode(request.body)
    except msgspec.DecodeError:
        raise Invalid("草稿应当是 JSON。") from None
    if not isinstance(told, dict) or not isinstance(told.get("answers"), dict):
        raise Invalid("草稿应当是 JSON。")
    page = pages.read(str(told.get("page", "")))
    chosen = told.get("chosen", [])
    given = frozenset(map(str, chosen if isinstance(chosen, list) else ()))
    return (
        Sent(page, told["answers"], _number(str(told.get("base", ""))), str(told.get("step", "")), given)
        if page
        else None
    )


def _typed(post: QueryDict) -> dict[str, Any]:
    """The answers of a form: one text, or several; None for what was asked and not sent."""
    asked = post.get(ASKED, "").split()
    values = {name: post.getlist(name) for name in post if name not in _OURS and not name.startswith(_BUTTONS)}
    return dict.fromkeys(asked) | {name: many if len(many) > 1 else many[0] for name, many in values.items() if many}


def saves(request: HttpRequest) -> bool:
    """Whether the form was sent to be saved half filled in."""
    return request.POST.get(GO) == "save"


def base(request: HttpRequest) -> int:
    """The revision that the page that was sent was drawn from; 0 for none."""
    return _number(request.POST.get(BASE, ""))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@dataclass(frozen=True, slots=True)
class Keeping:
    """What a page with a form carries so that it can be kept (`partials/keep.html`)."""

    stamp: str
    base: int
    asked: str
    address: str
    files: str


def keeping(page: Page, base: int, asked: Iterable[Field], files: str) -> Keeping:
    """For a page of a draft, at the revision it is drawn from (0: not begun), that shows these questions; `files` is
    where a script sends files ahead of the form.
    """
    names = " ".join(field.name for field in asked)
    return Keeping(pages.stamp(page), base, names, reverse("portal:draft", args=[page.draft]), files)


def address(draft: Draft, **more: Any) -> str:
    """Where one goes on with a draft."""
    return f"{draft.address}{'&' if '?' in draft.address else '?'}{urlencode({'draft': draft.pk, **more})}"


def title(draft: Draft) -> str:
    """What a draft is of, in the page's language."""
    return (draft.title_en or draft.title) if names.language() == "en" else draft.title


def rows(request: Request) -> list[tuple[Draft, str]]:
    """The visitor's drafts with what they are of, the one saved last first."""
    browser = browsers.known(request)
    found = drafts.mine(request.by, browser.digest if browser else None, request.at)
    return [(one, title(one)) for one in found]


@dataclass(frozen=True, slots=True)
class Choice:
    """A question that two pages have answered differently, as it is shown; `values` are this page's, to send again."""

    path: str
    title: str
    theirs: str
    mine: str
    values: list[str]


def choices(draft: Draft, disputes: Iterable[Dispute]) -> list[Choice]:
    """The disputed questions, called as the form of the draft calls them."""
    scenario = scenarios.version(draft.scenario, draft.version)
    form = scenario.forms.get(draft.element) if draft.element else scenario.form
    return [_choice(one, form) for one in disputes]


def _choice(one: Dispute, form: Questionnaire | None) -> Choice:
    field = form.named(one.path) if form else None
    values = one.mine if isinstance(one.mine, list) else [] if one.mine is None else [one.mine]
    title = called(form, one.path) or _part(one.path)
    return Choice(one.path, title, said(one.theirs, field), said(one.mine, field), list(map(str, values)))


def _part(path: str) -> str:
    """What a part of a page is called that is no question of its scenario's form."""
    name, _, number = path.rpartition("_")
    if name in _ITEMS and number.isdecimal():
        return gettext(_ITEMS[name]).format(n=number)
    return gettext(_PARTS.get(path, path))


def said(value: Any, field: Field | None) -> str:
    """What was typed into a question, in words."""
    if isinstance(value, list):
        return "、".join(said(one, field) for one in value)
    option = next((one for one in (field.options if field else ()) if one.value == value), None)
    if option is not None:
        return option.label_en if names.language() == "en" else option.label
    return "" if value is None else str(value)
