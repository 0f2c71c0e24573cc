"""`./run user …`: opens accounts, gives grants, issues keys and codes: what the first administrator needs."""

import argparse
import getpass
import os

SUMMARY = ("开设账号、授权、发接口密钥和代码。", "Open accounts, give grants, issue API keys and codes.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command each for account, grant, key and code."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", help="开设账号 / open an account")
    add.add_argument("login")
    add.add_argument("name")
    add.add_argument("--kind", choices=["resident", "firm", "staff", "device"], default="staff")
    add.add_argument("--body", type=int, help="所属单位编号 / id of the body")
    grant = verbs.add_parser("grant", help="授予角色 / give a role")
    grant.add_argument("login")
    grant.add_argument("role")
    grant.add_argument("--body", type=int)
    grant.add_argument("--place", type=int, help="区划代码 / place code")
    key = verbs.add_parser("key", help="发接口密钥 / issue an API key")
    key.add_argument("login")
    key.add_argument("name", help="密钥用途 / what the key is for")
    key.add_argument("--per-minute", type=int, default=600)
    start = verbs.add_parser("start", help="发启用码，清除原有验证方式 / a start code; clears the factors")
    start.add_argument("login")
    bind = verbs.add_parser("bind", help="发设备绑定码 / a code that binds a device")
    bind.add_argument("login")
    bind.add_argument("--network", default="", help="设备所在网段 / where it may come from, like 10.1.2.0/24")


def run(options: argparse.Namespace) -> int:
    """Does it; refusals are sentences."""
    verbs = {"add": _add, "grant": _grant, "key": _key, "start": _start, "bind": _bind}
    return verbs[options.verb](options)


def _add(options: argparse.Namespace) -> int:
    from zhongshu.base.calendar import clock
    from zhongshu.base.permissions.rules import SYSTEM
    from zhongshu.registers.people import actions
    from zhongshu.registers.people.models import Body

    password = os.environ.get("ZHONGSHU_PASSWORD") or getpass.getpass("密码 / password: ")
    body = Body.objects.get(pk=options.body) if options.body else None
    account = actions.open_account(
        options.login, options.name, options.kind, password, body=body, by=SYSTEM, at=clock.now()
    )
    print(account.pk)
    return 0


def _grant(options: argparse.Namespace) -> int:
    from zhongshu.base.calendar import clock
    from zhongshu.base.permissions.rules import SYSTEM
    from zhongshu.registers.people import actions
    from zhongshu.registers.people.models import Account, Body
    from zhongshu.registers.people.rules.grants import Wanted

    account = Account.objects.get_by_natural_key(options.login)
    body = Body.objects.get(pk=options.body) if options.body else None
    wanted = Wanted(options.role, options.body, options.place).checked(clock.now())
    actions.check_apart(account, wanted.grant(clock.now()), clock.now())
    grant = actions.give_grant(account, options.role, body=body, place=options.place, by=SYSTEM, at=clock.now())
    print(grant.pk)
    return 0


def _key(options: argparse.Namespace) -> int:
    from zhongshu.base.calendar import clock
    from zhongshu.base.permissions.rules import SYSTEM
    from zhongshu.registers.people import actions
    from zhongshu.registers.people.models import Account

    account = Account.objects.get_by_natural_key(options.login)
    print(actions.issue_key(account, options.name, per_minute=options.per_minute, by=SYSTEM, at=clock.now()))
    return 0


def _start(options: argparse.Namespace) -> int:
    from zhongshu.base.calendar import clock
    from zhongshu.base.permissions.rules import SYSTEM
    from zhongshu.registers.identity import actions
    from zhongshu.registers.people.models import Account

    account = Account.objects.get_by_natural_key(options.login)
    print(actions.passwords.give_start_code(account, by=SYSTEM, at=clock.now()))
    return 0


def _bind(options: argparse.Namespace) -> int:
    from zhongshu.base.calendar import clock
    from zhongshu.base.permissions.rules import SYSTEM
    from zhongshu.registers.identity import actions
    from zhongshu.registers.people.models import Account

    account = Account.objects.get_by_natural_key(options.login)
    print(actions.enrol_code(account, network=options.network, by=SYSTEM, at=clock.now()))
    return 0
