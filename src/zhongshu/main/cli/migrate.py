"""`./run migrate`: the database brought to this version's tables."""

import argparse

SUMMARY = ("把数据库结构更新到当前版本。", "Bring the database's tables up to this version.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Optionally one app, or nothing but the plan."""
    parser.add_argument("app", nargs="?", help="只更新一个应用 / one app only")
    parser.add_argument("--plan", action="store_true", help="只显示将要做什么 / show what would be done")


def run(options: argparse.Namespace) -> int:
    """Applies the migrations not yet applied."""
    from django.core.management import call_command

    call_command("migrate", *filter(None, [options.app]), plan=options.plan, interactive=False)
    return 0
