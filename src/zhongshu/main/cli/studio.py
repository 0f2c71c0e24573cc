"""`./run studio …`: scenarios in and out of the platform as one file each."""

import argparse
import json
from pathlib import Path

SUMMARY = ("把场景导出为一个文件，或导入为草稿。", "Export a scenario as one file, or import one as a draft.")
MOST_BYTES = 50_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which way, what, and the file."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    out = verbs.add_parser("export", help="导出已发布的场景 / export a published scenario")
    out.add_argument("code", help="场景代码 / the scenario's code")
    out.add_argument("file", type=Path, help="写到哪个文件 / the file to write")
    out.add_argument("--version", type=int, help="第几版，默认最新 / which version, the newest by default")
    into = verbs.add_parser("import", help="导入为草稿 / import as a draft")
    into.add_argument("file", type=Path, help="导出的文件 / an exported file")
    into.add_argument("--body", type=int, required=True, help="归哪个单位（编号） / the id of the body whose it is")


def run(options: argparse.Namespace) -> int:
    """Does it; what is wrong with a file is told line by line, and ends with 1."""
    return _export(options) if options.verb == "export" else _import(options)


def _export(options: argparse.Namespace) -> int:
    from zhongshu.engine.studio.actions import packing

    options.file.write_bytes(packing.packed(options.code, options.version))
    return 0


def _import(options: argparse.Namespace) -> int:
    from zhongshu.base.calendar import clock
    from zhongshu.base.permissions.rules import SYSTEM
    from zhongshu.engine.cases.rules.examining import Unsound
    from zhongshu.engine.studio import actions
    from zhongshu.main import telling
    from zhongshu.main.ground.console import Trouble

    if not options.file.is_file():
        raise Trouble(f"没有找到 {options.file}。", f"There is no {options.file}.")
    if options.file.stat().st_size > MOST_BYTES:
        raise Trouble("文件过大：最多 50 MB。", "The file is too large: 50 MB at most.")
    try:
        made = actions.import_draft(
            options.file.read_bytes(), options.body, name=options.file.name, by=SYSTEM, at=clock.now()
        )
    except Unsound as refused:
        telling.tell_of_folder(options.file.name, refused.findings)
        return 1
    print(json.dumps({"draft": str(made.pk), "code": made.code, "base": made.base}))
    return 0
