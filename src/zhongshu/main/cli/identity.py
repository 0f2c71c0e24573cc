"""`./run identity …`: the places people may come from to sign in."""

import argparse
import getpass
import os

SUMMARY = ("管理登录来源（统一身份认证、微信）。", "Manage where people may sign in from (other providers, WeChat).")


def arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command each for add, list and withdraw."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", help="接入或修改一个来源 / let people come in from a source, or change one")
    add.add_argument("code", help="代码，出现在网址里 / its code, part of addresses")
    add.add_argument("name", help="中文名 / Chinese name")
    add.add_argument("name_en", help="英文名 / English name")
    add.add_argument("issuer", help="网址（issuer） / its issuer")
    add.add_argument("client", help="本平台在那里的编号 / our client id there")
    add.add_argument("--kind", choices=["openid", "wechat"], default="openid")
    add.add_argument("--scopes", default="openid profile")
    add.add_argument("--claims", default="", help="字段对照 / map of claims: name=…,phone=…,level=…,uscc=…")
    add.add_argument("--trust", action="append", default=[], help="表示已实名的等级值 / a level that means checked")
    add.add_argument(
        "--opens", choices=["resident", "firm", ""], default="resident", help="首次登录开立的账号 / account"
    )
    verbs.add_parser("list", help="列出来源 / list them")
    gone = verbs.add_parser("withdraw", help="停用一个来源 / let nobody come in from it any more")
    gone.add_argument("code")


def run(options: argparse.Namespace) -> int:
    """Does it; refusals are sentences."""
    return {"add": _add, "list": _list, "withdraw": _withdraw}[options.verb](options)


def _add(options: argparse.Namespace) -> int:
    from zhongshu.base.calendar import clock
    from zhongshu.base.permissions.rules import SYSTEM
    from zhongshu.registers.identity.actions import sources

    given = os.environ.get("ZHONGSHU_SOURCE_SECRET")
    secret = getpass.getpass("密钥（留空则不变） / secret (empty: as it is): ") if given is None else given
    source = sources.add_source(
        options.code, options.kind, options.name, options.name_en, options.issuer, options.client, secret,
        scopes=options.scopes, claims=options.claims, trusted=options.trust, opens=options.opens, by=SYSTEM,
        at=clock.now(),
    )  # fmt: skip
    print(f"/sign-in/with/{source.pk}/back/")
    return 0


def _list(options: argparse.Namespace) -> int:
    from zhongshu.registers.identity.queries import sources

    for source in sources.offered():
        print(source.pk, source.kind, source.name, source.issuer)
    return 0


def _withdraw(options: argparse.Namespace) -> int:
    from zhongshu.base.calendar import clock
    from zhongshu.base.permissions.rules import SYSTEM
    from zhongshu.registers.identity.actions import sources

    sources.withdraw_source(options.code, by=SYSTEM, at=clock.now())
    return 0
