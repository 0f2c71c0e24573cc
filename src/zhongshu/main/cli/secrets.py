"""`./run secrets …`: new keys without a halt."""

import argparse
from pathlib import Path

from zhongshu.main.ground import console

SUMMARY = ("更换签名和数据密钥，不停机。", "Change the keys that sign and seal, without a halt.")
WHAT = {"signing": ("SIGNING_FILE", "ZHONGSHU_SECRET_KEYS"), "data": ("DATA_FILE", "ZHONGSHU_DATA_KEYS")}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which ring."""
    parser.add_argument("do", choices=["show", "rotate", "reseal", "drop"], help="show、rotate、reseal 或 drop")
    parser.add_argument("--keys", choices=[*WHAT], default="data", help="哪一组密钥 / which ring (default data)")


def run(options: argparse.Namespace) -> int:
    """Shows which keys are in use, makes a new one, seals anew what older ones sealed, or drops the older ones."""
    return {"show": _show, "rotate": _rotate, "reseal": _reseal, "drop": _drop}[options.do](options.keys)


def _show(keys: str) -> int:
    from zhongshu.base.crypto import doors, queries, sealing

    used = queries.in_use(doors.columns)
    for name in sealing.names():
        print(f"{name}  {used.pop(name, 0):,}")
    for name, count in used.items():
        print(f"{name}  {count:,}  密钥缺失 / its key is missing")
    return 1 if used else 0


def _rotate(keys: str) -> int:
    import secrets

    from zhongshu.main import secret

    path, ring = _ring(keys)
    secret.write(path, [secrets.token_urlsafe(48), *ring])
    _entered("security.key_made", keys)
    console.say(f"新密钥已写入 {path}，从下一次使用起生效。", "A new key is in the file; it is used from now on.")
    return 0


def _reseal(keys: str) -> int:
    from zhongshu.base.crypto import actions, doors, sealing

    done = {one.about: actions.reseal(one) for one in doors.columns}
    _entered("security.resealed", sealing.newest_name(), **done)
    for about, count in done.items():
        print(f"{about}  {count:,}")
    return 0


def _drop(keys: str) -> int:
    from zhongshu.base.crypto import doors, queries, sealing
    from zhongshu.main import secret

    path, ring = _ring(keys)
    if keys == "data" and (needed := set(queries.in_use(doors.columns)) - {sealing.newest_name()}):
        raise console.Trouble(
            f"还有数据由旧密钥（{'、'.join(sorted(needed))}）封存；请先运行 ./run secrets reseal。",
            "Older keys are still in use; run ./run secrets reseal first.",
        )
    secret.write(path, ring[:1])
    _entered("security.keys_dropped", keys, dropped=len(ring) - 1)
    console.say(f"已停用 {len(ring) - 1} 个旧密钥。", "The older keys are gone.")
    return 0


def _ring(keys: str) -> tuple[Path, list[str]]:
    """The file of a ring and the keys in it; Trouble where the keys come from the environment, which is not ours."""
    from django.conf import settings

    from zhongshu.main import secret

    file, setting = WHAT[keys]
    if secret.told(setting) or (keys == "signing" and settings.SIGNING_FIXED):
        raise console.Trouble(
            f"密钥由 {setting} 给出：请在那里把新密钥加在最前面，再逐个重启各部分。",
            f"The keys are given by {setting}: put a new one first there and restart the parts one by one.",
        )
    path: Path = getattr(settings, file)
    return path, secret.signing_keys("", path)


def _entered(verb: str, keys: str, **body: int) -> None:
    from zhongshu.base.calendar import clock
    from zhongshu.base.journal import actions as journal
    from zhongshu.base.permissions.rules import SYSTEM

    journal.record(subject=("keys", keys), verb=verb, by=SYSTEM, at=clock.now(), body=body)
