"""`./run restore FILE`: a backup brought back."""

import argparse
import os
from pathlib import Path

from zhongshu.main.ground import console, places, supervisor
from zhongshu.main.ground.archive import whole

SUMMARY = ("从备份文件恢复。", "Bring back a backup.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and whether what is there may go."""
    parser.add_argument("file", type=Path, help="备份文件 / the backup file")
    parser.add_argument("--replace", action="store_true", help="清除现有数据后恢复 / drop what is there first")


def run(options: argparse.Namespace) -> int:
    """Brings the backup back into a platform that is stopped, and its tables up to this version.

    What had been destroyed on request since the backup was made comes back with it, and is destroyed again.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db.migrations.loader import MigrationLoader

    from zhongshu.base.calendar import clock
    from zhongshu.base.journal import actions as journal
    from zhongshu.registers.privacy.actions import destroying, remains

    known = {".".join(key) for key in MigrationLoader(None).disk_migrations or {}}
    with supervisor.alone(places.var()):
        gone = remains.collect()
        made = whole.restore(
            os.environ["DATABASE_URL"],
            settings.DOCUMENT_STORE,
            options.file,
            known=known,
            replace=options.replace,
        )
        call_command("migrate", interactive=False, verbosity=0)
        journal.rebase()
        destroying.again(remains.bring_back(gone), at=clock.now())
    console.say(f"已恢复 {made.made_at} 的备份。", "Restored; start the platform with ./run.")
    return 0
