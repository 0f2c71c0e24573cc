"""`./run user`: codes for who cannot sign in yet."""

import argparse
from typing import Any

import pytest

from zhongshu.main.cli import user
from zhongshu.registers.identity.models import DeviceCode, StartCode
from zhongshu.registers.people import actions as people


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    parser = argparse.ArgumentParser()
    user.arguments(parser)
    assert user.run(parser.parse_args(words)) == 0
    return capsys.readouterr().out.strip()


def test_a_start_code_is_told_once_for_an_official(city: Any, capsys: pytest.CaptureFixture[str]) -> None:
    code = told(capsys, "start", "acceptor")
    assert len(code) == 11 and code.encode() not in bytes(StartCode.objects.get(account__login="acceptor").mark)


def test_a_device_code_is_eight_digits_for_its_network(city: Any, capsys: pytest.CaptureFixture[str]) -> None:
    people.open_account("kiosk-1", "自助机", "device", "unused-password-here", at=city.now)
    code = told(capsys, "bind", "kiosk-1", "--network", "10.1.2.3/24")
    assert len(code) == 8 and code.isdecimal() and DeviceCode.objects.get().network == "10.1.2.0/24"
