"""Where things lie: the checkout, and the folder of everything the platform writes."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[4]
SOURCE = REPOSITORY / "src"
VENV = REPOSITORY / ".venv"


def var() -> Path:
    """The folder of all that is written: `ZHONGSHU_VAR`, else `var/` in the checkout; made if absent."""
    folder = Path(os.environ.get("ZHONGSHU_VAR") or REPOSITORY / "var").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return folder
