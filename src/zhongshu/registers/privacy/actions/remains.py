"""The list of what was destroyed, kept beside the database too: a backup that is brought back is older than it."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import connection, transaction

from zhongshu.registers.privacy.models import Certificate, Remains


class Line(msgspec.Struct, frozen=True):
    """What was destroyed of whom, by ids, and the certificate of it."""

    certificate: UUID
    account: UUID
    person: UUID | None
    keys: dict[str, list[str]]
    at: datetime
    said: str
    signature: str


def note(planned: Remains, certificate: Certificate) -> None:
    """Add a destruction to the list once its transaction is committed."""
    line = _line(planned, certificate)
    transaction.on_commit(lambda: _append(settings.REMAINS, line))


def collect() -> dict[UUID, Line]:
    """The destructions this database, if it has such a table yet, and the list beside it know of."""
    known = {line.certificate: line for line in _kept()}
    return {line.certificate: line for line in _listed(settings.REMAINS)} | known


def _kept() -> list[Line]:
    if Remains._meta.db_table not in connection.introspection.table_names():
        return []
    kept = Certificate.objects.in_bulk(list(Remains.objects.values_list("pk", flat=True)))
    return [_line(one, kept[one.pk]) for one in Remains.objects.iterator() if one.pk in kept]


def bring_back(lines: dict[UUID, Line]) -> list[Remains]:
    """Enter destructions into a database that does not know of them; all of them, to be done again."""
    for line in lines.values():
        Certificate.objects.get_or_create(
            id=line.certificate, defaults={"at": line.at, "said": line.said, "signature": line.signature}
        )
        Remains.objects.get_or_create(
            certificate=line.certificate,
            defaults={"account": line.account, "person": line.person, "keys": line.keys, "at": line.at},
        )
    return list(Remains.objects.order_by("at"))


def _line(planned: Remains, certificate: Certificate) -> Line:
    return Line(
        planned.certificate, planned.account, planned.person, planned.keys, planned.at, certificate.said,
        certificate.signature,
    )  # fmt: skip


def _append(path: Path, line: Line) -> None:
    """One line, on the disk before anybody is told that it is done."""
    with path.open("ab") as file:
        file.write(msgspec.json.encode(line) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _listed(path: Path) -> Iterator[Line]:
    if path.exists():
        for text in path.read_bytes().splitlines():
            yield msgspec.json.decode(text, type=Line)
