"""Lines of the log without what is nobody's business: telephone and identity numbers, passwords, keys, sessions.

An error's text may hold what somebody typed (a database names the value at fault), and a traceback comes with it. So
the whole line is masked as it is written, wherever its parts come from.
"""

import logging
import re

_NUMBERS = (
    (re.compile(r"(?<![\d.])(\d{6})\d{11}([\dXx])(?![\d.])"), r"\1***********\2"),  # GB 11643: identity number
    (re.compile(r"(?<![\d.])(1[3-9]\d)\d{4}(\d{4})(?![\d.])"), r"\1****\2"),  # mobile number
)
_KEYS = re.compile(r"\b(zs_|Bearer\s+|Basic\s+)[\w\-.~+/=]{8,}", re.IGNORECASE)
_NAMED = re.compile(
    r"((?:password|passwd|secret|token|authorization|cookie|sessionid|csrftoken|api[_-]?key|code|phone|id_number)"
    r"[\w-]*[\"']?\s*(?:[=:]|\)=\()\s*[\"'(]?)([^\s\"',;&)}\]]+)",
    re.IGNORECASE,
)


def masked(line: str) -> str:
    """The line with such values replaced; everything around them stays readable."""
    line = _KEYS.sub(r"\1***", _NAMED.sub(r"\1***", line))
    for pattern, shown in _NUMBERS:
        line = pattern.sub(shown, line)
    return line


class Masked(logging.Formatter):
    """Formats a record, its traceback included, and masks the whole."""

    def format(self, record: logging.LogRecord) -> str:
        """The lines of a record as they may be kept."""
        return masked(super().format(record))
