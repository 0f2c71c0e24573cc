"""Where an answer is from, in words: to who is offered it, and to the official who reads it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from zhongshu.base.http.language import language


def words(source: str, source_en: str, as_of: datetime) -> str:
    """来自实名信息（2026-03-02）."""
    said = source_en if language() == "en" else source
    return gettext("{source}（{day}）").format(source=said, day=f"{timezone.localtime(as_of):%Y-%m-%d}")


def note(origin: Mapping[str, Any] | None) -> str:
    """The same of an answer in a case (`offers.Origin.written`), with that its sender has changed it; empty of none."""
    if not origin:
        return ""
    said = words(origin["source"], origin["source_en"], datetime.fromisoformat(origin["as_of"]))
    return gettext("{source}，申请人改过").format(source=said) if origin["changed"] else said
