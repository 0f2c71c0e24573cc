"""Files made to unfold, at the doors that take files: pictures, XML, archives (those by themselves: `documents`)."""

import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.portal.tests.test_report import send
from zhongshu.engine.cases.models import Attachment, Case
from zhongshu.engine.decisions.rules.dmn import source as dmn
from zhongshu.engine.processes.rules.bpmn import source as bpmn

LAUGHS = b'<!DOCTYPE a [<!ENTITY x "ha">' + b"".join(
    f'<!ENTITY x{n} "{f"&x{n - 1 or str()};" * 10}">'.encode() for n in range(1, 10)
) + b"]><a>&x9;</a>"  # fmt: skip
XML_BOMBS = [
    LAUGHS,
    b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://169.254.169.254/"> %x;]><a/>',
    b"<a>" * 100_000 + b"</a>" * 100_000,
    b"<a " + b" ".join(b'b%d="c"' % n for n in range(200_000)) + b"/>" + b"<b/>" * 100_000,
    '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"),
]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int) -> bytes:
    """A picture that says it is so large, in a few bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(60_000, 60_000), (2**31 - 1, 1), (1, 2**31 - 1), (0, 5)])
def test_a_picture_that_unfolds_is_refused_beside_its_field(city: Any, client: Client, size: tuple[int, int]) -> None:
    answer = send(client, city, photos=[SimpleUploadedFile("a.png", _png(*size), "image/png")])
    assert answer.status_code in {413, 422} and 'id="field-photos-wrong"' in answer.content.decode()
    assert not Case.objects.exists() and not Attachment.objects.exists()


@pytest.mark.parametrize("xml", XML_BOMBS, ids=range(len(XML_BOMBS)))
def test_no_door_for_xml_unfolds_or_fetches_anything(xml: bytes) -> None:
    for door in (bpmn.parse, dmn.parse):
        with pytest.raises(Invalid):
            door(xml)


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x.jpg", "a\u202egpj.exe", "x\0.jpg", "..\\..\\x.jpg", "/etc/passwd"]
)
def test_a_name_of_a_file_is_never_a_path_nor_a_disguise(name: str) -> None:
    from zhongshu.registers.documents.actions import _shown

    shown = _shown(name)
    assert not {"/", "\\", "\0", "\u202e"} & set(shown)
