"""ISO 8601 durations of a fixed length."""

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
