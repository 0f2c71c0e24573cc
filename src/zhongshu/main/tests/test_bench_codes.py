"""The bench of codes: small numbers, nothing forged passes."""

import argparse
from random import Random

from zhongshu.engine.credentials.rules import base45
from zhongshu.main import bench
from zhongshu.main.bench.codes import searching


def test_the_bench_says_how_quick_codes_are_and_finds_forged_and_revoked_ones(capsys):
    found = bench.known()["codes"].run("", argparse.Namespace(codes=200, rounds=1))
    rates = "verified_per_s", "bare_ed25519_per_s", "issued_per_s", "es256_verified_per_s", "drawn_per_s"
    assert all(found[rate] > 0 for rate in rates)
    wanted = {"codes": 200, "forged": 20, "forged_accepted": 0, "revoked": 2, "revoked_missed": 0, "good_refused": 0}
    assert {name: found[name] for name in wanted} == wanted
    assert "200/200" in capsys.readouterr().err


def test_a_forged_code_differs_in_one_character():
    text = "ZS1:" + base45.encode(bytes(range(90)))
    for seed in range(30):
        altered = searching.altered(text, Random(seed))
        assert len(altered) == len(text)
        assert sum(one != other for one, other in zip(text, altered, strict=True)) == 1
