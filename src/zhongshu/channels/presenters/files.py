"""Files people attach: kept for a question, listed beside a case, handed out to be saved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.models import Attachment
from zhongshu.registers.documents import actions as documents
from zhongshu.registers.documents import queries
from zhongshu.registers.documents.models import Document
from zhongshu.registers.documents.rules import keys
from zhongshu.registers.people import queries as people

_CALLED = {keys.PDF: "PDF", keys.DOCX: "Word", keys.XLSX: "Excel"}
_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""Opened in spite of being handed out to be saved, a file runs nothing, reaches nothing and is of no origin."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as a page lists it: `size` in bytes, `who` gave it, as anybody may see their name."""

    document: UUID
    name: str
    kind: str
    size: int
    who: str
    at: datetime


def keep(kind: str, data: bytes, name: str, *, id: UUID | None = None, by: Actor, at: datetime) -> Document:
    """Keep what was sent for a question of this kind (photo or file)."""
    keep = documents.keep_photo if kind == "photo" else documents.keep_file
    return keep(data, name, id=id, by=by, at=at)


def asked_kind(post: QueryDict) -> str:
    """The kind of question for which one file is sent ahead of its form."""
    return "photo" if post.get("kind") == "photo" else "file"


def names(ids: Iterable[str]) -> dict[str, str]:
    """Id → what it is called, of those among these documents that are handed out as files; in one statement."""
    wanted = {found for one in ids if (found := _uuid(one))}
    return {str(pk): called(one) for pk, one in queries.several(wanted).items() if one.is_file} if wanted else {}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def said(document: Document) -> dict[str, Any]:
    """What a page is told of a file it has just sent: the id it goes under, what it is, and where it can be seen."""
    size = "full" if document.is_file else "thumb"
    return {
        "value": str(document.pk), "name": called(document), "kind": kind(document), "bytes": document.bytes,
        "address": reverse("portal:document", args=[document.pk, size]),
    }  # fmt: skip


def id_of(text: str) -> UUID | None:
    """The id a sender brings for what they send, so that sent twice it is one; None when they bring none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Invalid("文件编号不正确，请刷新页面后重新上传。", field="id") from None


def listed(files: Iterable[tuple[Attachment, Document]]) -> list[Listed]:
    """The files of a case for its page, oldest first; who gave them is asked in one statement."""
    found = list(files)
    names = people.shown_names(str(document.uploader) for _, document in found)
    return [
        Listed(document.pk, called(document), kind(document), document.bytes, _who(names, document), attachment.at)
        for attachment, document in found
    ]


def _who(names: Mapping[str, str], document: Document) -> str:
    return names.get(str(document.uploader), "")


def kind(document: Document) -> str:
    """What a file is called by what it is for."""
    return _CALLED.get(document.media) or gettext("照片")


def called(document: Document) -> str:
    """A file's name, with the ending of what it is, whatever its sender called it."""
    ending = f".{keys.ENDINGS[document.media]}"
    name = document.name or gettext("附件")
    return name if name.lower().endswith(ending) else name + ending


def handed_out(document: Document, data: bytes) -> HttpResponse:
    """A file to be saved under its name, never shown in a page of ours."""
    return HttpResponse(
        data, content_type=document.media,
        headers={
            "Content-Disposition": content_disposition_header(True, called(document)) or "attachment",
            "Content-Security-Policy": _SANDBOX, "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )  # fmt: skip
