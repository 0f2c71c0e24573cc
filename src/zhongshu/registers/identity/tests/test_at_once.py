"""What is good once is good once, also when it comes several times in the same moment."""

from datetime import timedelta
from typing import Any

import pyotp

from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity.rules.origins import Origin
from zhongshu.registers.people import actions as people


def test_of_five_who_bring_the_same_code_at_once_one_gets_in(committed_city: Any, at_once: Any) -> None:
    account, by, at = committed_city.account("acceptor"), committed_city.actor("acceptor"), committed_city.now
    sealed = identity.totp.new_secret()
    app = pyotp.TOTP(identity.totp.shown(sealed))
    identity.totp.add(account, sealed, app.at(at - timedelta(seconds=30)), "", origin=Origin(), by=by, at=at)

    def prove() -> bool:
        return identity.totp.prove(account, app.at(at), origin=Origin(), by=by, at=at)

    assert sorted(at_once(*[prove] * 5)) == [False] * 4 + [True]


def test_of_five_who_bring_the_same_recovery_code_at_once_one_gets_in(committed_city: Any, at_once: Any) -> None:
    account, by, at = committed_city.account("resident"), committed_city.actor("resident"), committed_city.now
    code = identity.recovery.make(account, origin=Origin(), by=by, at=at)[0]

    def prove() -> bool:
        return identity.recovery.prove(account, code, origin=Origin(), by=by, at=at)

    assert sorted(at_once(*[prove] * 5)) == [False] * 4 + [True]


def test_of_five_browsers_with_the_same_device_code_one_is_bound(committed_city: Any, at_once: Any) -> None:
    by, at = committed_city.actor("administrator"), committed_city.now
    kiosk = people.open_account("kiosk-9", "自助机", "device", "unused-password-here", by=by, at=at)
    code = identity.enrol_code(kiosk, by=by, at=at)

    def bind() -> Any:
        return identity.bind_device(code, origin=Origin(), at=at)

    assert sum(hasattr(answer, "token") for answer in at_once(*[bind] * 5)) == 1
