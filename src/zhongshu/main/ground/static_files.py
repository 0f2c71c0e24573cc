"""Addresses of static files that change with their content, so that browsers may keep them for a year."""

import hashlib
from functools import cache

from django.contrib.staticfiles.storage import StaticFilesStorage


class Versioned(StaticFilesStorage):
    """Adds `?v=` and the start of the file's hash; the file keeps its name, which scripts import by."""

    def url(self, name: str | None, *args: object, **kwargs: object) -> str:
        """The address of a collected file; one that is not collected is given without a version."""
        plain = super().url(name)
        version = _version(self.path(name)) if name else ""
        return f"{plain}?v={version}" if version else plain


@cache
def _version(path: str) -> str:
    try:
        with open(path, "rb") as content:  # noqa: PTH123
            return hashlib.file_digest(content, "sha256").hexdigest()[:12]
    except OSError:
        return ""
