"""Times as ISO 8601 writes them: durations of a fixed length, repetitions, moments."""

import re
from datetime import timedelta

WEEKS = r"P(?P<weeks>\d{1,5})W"
DAYS = r"P(?!$)((?P<days>\d{1,5})D)?"
CLOCK = r"(T(?!$)((?P<hours>\d{1,6})H)?((?P<minutes>\d{1,7})M)?((?P<seconds>\d{1,8}(\.\d{1,6})?)S)?)?"
FORMS = re.compile(WEEKS), re.compile(DAYS + CLOCK)


def parse(text: str) -> timedelta | None:
    """The length of `P3D`, `PT4H30M`, `P2W`; None if it is anything else, has years or months, or is zero.

    Years and months have no fixed length (ISO 8601-1:2019, 5.5.2), so a deadline in them would be ambiguous.
    """
    for form in FORMS:
        if found := form.fullmatch(text):
            parts = {unit: float(amount) for unit, amount in found.groupdict().items() if amount}
            return timedelta(**parts) or None
    return None


def times(text: str) -> int | None:
    """How often `R3` repeats; 0, without end, for `R`; None if it is anything else."""
    found = re.fullmatch(r"R(\d{0,4})", text)
    if not found or found[1] == "0":
        return None
    return int(found[1] or 0)


def moment(text: str) -> str | None:
    """The FEEL literal for a day or moment written as XML does (`2026-10-01`, `2026-10-01T09:00:00+08:00`)."""
    return f'@"{text}"' if re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?", text) else None
