"""`./run backup FILE`: everything the platform keeps, in one file."""

import argparse
import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from zhongshu.main.ground import console
from zhongshu.main.ground.archive import whole

SUMMARY = ("把数据库和文件备份到一个文件。", "Back up the database and the documents to one file.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file to write."""
    parser.add_argument("file", type=Path, help="要写的备份文件，不能已存在 / file to write, must not exist")


def run(options: argparse.Namespace) -> int:
    """Writes the backup while the platform goes on working; never over a file that is there."""
    from django.conf import settings

    now = datetime.now(ZoneInfo(settings.TIME_ZONE))
    made = whole.back_up(os.environ["DATABASE_URL"], settings.DOCUMENT_STORE, options.file, at=now)
    console.say(
        f"已备份到 {options.file}：{options.file.stat().st_size:,} 字节，文件 {len(made.files) - 1} 个。",
        "Backed up; `./run restore` brings it back.",
    )
    return 0
