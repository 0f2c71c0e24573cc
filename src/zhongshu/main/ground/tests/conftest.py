"""A folder for what is written, such as a database can live in."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def var() -> Iterator[Path]:
    """A new folder that every user of the machine can reach, as a checkout usually is."""
    folder = Path(tempfile.mkdtemp(prefix="zs"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
