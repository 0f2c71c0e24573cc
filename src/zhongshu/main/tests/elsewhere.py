"""An installation with nothing in it, set up by its operator: places, bodies and people of its own."""

import argparse
import csv
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.main import years
from zhongshu.main.cli import load, places
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Body

FIRST = 5_001
"""The id of the first body founded there: no body of the demo city has one like it."""
STREET = "望江街道"
REGIONS = (("3303", "临川市"), ("330302", "望江区"), ("330302001", STREET))
BODIES = (
    ("city", "", "临川市人民政府", "government"), ("centre", "city", "临川市运行中心", "unit"),
    *((f"bureau{number}", "city", f"临川市第{number}局", "bureau") for number in range(1, 13)),
)  # fmt: skip
PEOPLE = (
    ("mayor", "city", "leader", ""), ("chief", "centre", "supervisor", ""), ("desk", "centre", "acceptor", ""),
    *((f"worker{number}", f"bureau{number}", "handler", f"bureau{number}") for number in range(1, 13)),
)  # fmt: skip
"""Login, body, role, and over which body it is held, where not over the city."""


def found(folder: Path, at: datetime) -> None:
    """Set it up, from files in this folder."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('people_body', 'id'), %s, false)", [FIRST])
    years.keep((at.year, at.year + 1), at=at)
    city = REGIONS[0][0]
    run(places, str(_table(folder, ("code", "name"), REGIONS)), "--kind", "regions")
    rows = [(key, above, name, f"Body {key}", kind, city) for key, above, name, kind in BODIES]
    run(load, "bodies", str(_table(folder, ("key", "parent", "name", "name_en", "kind", "place"), rows)))
    found = {key: Body.objects.get(name=name) for key, _, name, _ in BODIES}
    signed: dict[str, Any] = {"by": SYSTEM, "at": at}
    for login, body, role, over in PEOPLE:
        account = people.open_account(login, f"{login}某", "staff", None, body=found[body], **signed)
        where: dict[str, Any] = {"body": found[over]} if over else {"place": int(city)}
        people.give_grant(account, role, **where, **signed)
    people.open_account("settler", "江居民", "resident", None, **signed)


def run(command: Any, *words: str) -> None:
    """A command of the platform, as `./run` has it carried out."""
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    assert command.run(parser.parse_args(words)) == 0


def _table(folder: Path, names: tuple[str, ...], rows: Any) -> Path:
    file = folder / "table.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([names, *rows])
    return file
