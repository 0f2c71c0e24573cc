"""`./run draw FILE [OUT]`: a process drawn where its author gave no coordinates."""

import argparse
from pathlib import Path

SUMMARY = (
    "给没有坐标的流程图排版，其余内容原样保留。",
    "Lay out a process file that has no diagram; all else in it is kept.",
)
NEEDS_DATABASE = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, where the drawn one goes, and whether to draw what is drawn already."""
    parser.add_argument("file", type=Path, help="BPMN 文件 / the BPMN file")
    parser.add_argument(
        "out", nargs="?", type=Path, help="写到哪里，默认写回原文件 / where to, the same file by default"
    )
    parser.add_argument("--anew", action="store_true", help="已有图形的也重排 / even if it has a diagram")


def run(options: argparse.Namespace) -> int:
    """Writes the file with a diagram; one that has one is written as it is."""
    from zhongshu.engine.processes.rules.bpmn import Unreadable, diagrams, document
    from zhongshu.main.ground import console

    out = options.out or options.file
    try:
        kept = document.load(options.file.read_bytes())
        drawn = diagrams.redraw(kept) if options.anew else diagrams.complete(kept)
        if drawn is not kept or out != options.file:
            out.write_bytes(document.write(drawn))
    except OSError as error:
        raise console.Trouble(
            f"读写不了 {error.filename}：{error.strerror}。", f"Cannot use {error.filename}."
        ) from None
    except Unreadable as unreadable:
        line = unreadable.errors[0].line
        raise console.Trouble(
            f"{options.file} 第 {line} 行：{unreadable.errors[0]}",
            f"{options.file}:{line}: this is not a BPMN 2.0 file the platform takes in; export it anew.",
        ) from None
    if drawn is kept:
        console.say("已有图形，没有改动（--anew 重排）。", "It has a diagram, which is kept (--anew draws it again).")
    else:
        console.say(f"已排版：{out}", f"Laid out: {out}")
    return 0
