"""`./run identity`: the operator says where people may sign in from."""

import argparse
from typing import Any

import pytest

from zhongshu.main.cli import identity as command
from zhongshu.registers.identity.models import Source
from zhongshu.registers.identity.queries import sources


def test_the_operator_adds_and_withdraws_a_source(city: Any, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*words: str) -> None:
        parser = argparse.ArgumentParser()
        command.arguments(parser)
        assert command.run(parser.parse_args(words)) == 0

    monkeypatch.setenv("ZHONGSHU_SOURCE_SECRET", "s3cret")
    run(
        "add",
        "province",
        "省统一身份认证",
        "Province",
        "https://id.example",
        "zs",
        "--claims",
        "name=xm",
        "--trust",
        "L3",
    )
    assert capsys.readouterr().out == "/sign-in/with/province/back/\n"
    assert sources.secret(Source.objects.get(pk="province")) == "s3cret"
    monkeypatch.setenv("ZHONGSHU_SOURCE_SECRET", "")
    run("add", "province", "省统一身份认证", "Province", "https://id.example", "zs2")
    assert sources.secret(Source.objects.get(pk="province")) == "s3cret" and Source.objects.get().client == "zs2"
    run("list")
    run("withdraw", "province")
    assert sources.offered() == []
