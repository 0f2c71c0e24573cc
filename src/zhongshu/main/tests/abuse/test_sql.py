"""SQL in whatever a list is asked by: sorted, narrowed, looked for, gone on from."""

import inspect
import os
import re
from pathlib import Path
from typing import Any

from django.test import Client

from zhongshu.main.tests.abuse import addresses
from zhongshu.main.tests.abuse.told import PHONE, SECRET, Told

DEEP = os.environ.get("ZHONGSHU_DEEP") == "1"
ASKED = re.compile(
    r'(?:GET\.get|GET\.getlist|asked|reading\.text|forms\.\w+|_number|_uuid|\.get)\([^()"]*"([a-z][\w-]*)"'
)
PAYLOADS = (
    "x' OR '1'='1' --",
    "1; SELECT pg_sleep(9)--",
    "1) UNION SELECT 1,2,3--",
    "%' OR 1=1--",
    "\\'; --",
    "-1e309",
)


def _asked_by(view: Any) -> list[str]:
    """What the files of a view's workplace read from an address."""
    folder = Path(inspect.getfile(inspect.unwrap(view))).parent
    folder = folder.parent if folder.name == "views" else folder
    files = [path for path in folder.rglob("*.py") if "tests" not in path.parts]
    return sorted({name for path in files for name in ASKED.findall(path.read_text())})


def test_no_question_a_list_is_asked_reaches_the_database_as_sql(
    city: Any, told: Told, strangers: dict[str, Client]
) -> None:
    """Each file of a workplace is asked each thing once; in the full counts every address of it is."""
    city.react()
    tried, wrong = list[tuple[str, str]](), []
    for number, (name, address, view) in enumerate(addresses.pages()):
        if not name.startswith(("desk:", "screen:", "portal:")) or "987654" in address or "abcd" in address:
            continue
        for at, asked in enumerate(_asked_by(view)):
            if (seen := (inspect.getfile(inspect.unwrap(view)), asked)) in tried and not DEEP:
                continue
            tried.append(seen)
            payload = PAYLOADS[(number + at) % len(PAYLOADS)]
            answer = strangers["far"].get(address, {asked: payload})
            said = b"" if answer.streaming else answer.content
            if answer.status_code >= 500 or any(text.encode() in said for text in (SECRET, PHONE, told.case.number)):
                wrong.append((name, asked, payload, answer.status_code))
    assert wrong == [] and len(tried) > 150
