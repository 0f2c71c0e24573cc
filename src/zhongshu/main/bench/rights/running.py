"""The figures of rights in order, each said as it comes."""

import argparse
import gc
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.db import connection

from zhongshu.base.calendar import clock
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor, Grant, Scope
from zhongshu.engine.cases.queries import lists
from zhongshu.main import demo
from zhongshu.main.bench import cpu, scratch
from zhongshu.main.bench.rights import filling
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Account, Body
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes
from zhongshu.registers.places.rules.codes import Level

ROUNDS = 7
CHECKS = 200_000
LOGINS = {"clerk": "verifier001", "officer": "officer061", "district_head": "head1", "mayor": "leader"}
MANY = "twelve_grants"
"""Somebody nobody is: how far a list bends, told apart from those the city has."""
READ = "case.read"


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of CPU (client and database) of one list, filtered and not, and how many times it costs."""

    filtered: float
    plain: float
    ratio: float


def run(url: str, options: argparse.Namespace) -> dict[str, Any]:
    """All figures, in a scratch database at `url`."""
    with scratch.moved_to(url):
        demo.load_ground()
        at = clock.now()
        with psycopg.connect(url, autocommit=True) as bare:
            filling.fill(bare, options.rows, at, scratch.progress)
        gc.collect()
        gc.freeze()
        return {"rows": options.rows} | _checks(at) | _lists(options.times, at)


def _checks(at: datetime) -> dict[str, Any]:
    """Object checks a second, one thread: three grants, the last of which covers a case with some eight ancestors."""
    body = Body.objects.exclude(parent=None).order_by("-pk").first()
    assert body is not None
    line, reach = people.lineage(body.pk), codes.ancestors(990101001001001)[1:]
    held = (Grant("handler", body=10**9), Grant("verifier", place=990102), Grant("handler", body=body.pk, place=9901))
    actor, over = Actor("0", "", "staff", body.pk, held), (*reach, *(-one for one in line))
    began = time.process_time()
    for _ in range(CHECKS):
        permissions.may(actor, READ, over, at)
    taken = time.process_time() - began
    return _said({"checks_per_s": round(CHECKS / taken), "reach": len(over)})


def _lists(times: int, at: datetime) -> dict[str, Any]:
    """Each visitor's lists, of all cases and of running ones, beside the unfiltered."""
    costs = {
        f"{name}{'_running' if running else ''}": _cost(scope, running, times)
        for name, scope in _scopes(at).items() for running in (False, True)
    }  # fmt: skip
    found: dict[str, Any] = {"list_ms": {name: round(cost.filtered, 2) for name, cost in costs.items()}}
    found |= {"unfiltered_ms": {name: round(cost.plain, 2) for name, cost in costs.items()}}
    found |= {"over_unfiltered": {name: round(cost.ratio, 2) for name, cost in costs.items()}}
    many = [cost.ratio for name, cost in costs.items() if name.startswith(MANY)]
    few = [cost.ratio for name, cost in costs.items() if not name.startswith(MANY)]
    found |= {"many_grants_over_unfiltered": round(max(many), 2)}
    return _said(found | {"filtered_over_unfiltered": round(max(few), 2)})


def _scopes(at: datetime) -> dict[str, Scope]:
    found = {}
    for name, login in LOGINS.items():
        actor = people.actor(Account.objects.get(login=login).pk, at)
        assert actor is not None
        found[name] = permissions.scope(actor, READ, at)
    return found | {MANY: permissions.scope(_busy(), READ, at)}


def _busy() -> Actor:
    """Twelve grants, none within another: streets, bodies, and bodies of a district each in one street of it."""
    streets = sorted(code for code in places.tree().names if codes.level_of(code) == Level.STREET)
    last = [street for street in streets if street // 1000 == streets[-1] // 1000]
    first = [street for street in streets if street // 1000 == streets[0] // 1000]
    home = list(Body.objects.filter(kind="bureau", place=first[0] // 1000).order_by("pk"))
    offices = Body.objects.filter(kind="office").exclude(place__in=[*first, *last]).order_by("pk")[:4]
    grants = [Grant("verifier", place=street) for street in last[:4]]
    grants += [Grant("handler", body=body.pk) for body in offices]
    grants += [Grant("handler", body=body.pk, place=first[n % len(first)]) for n, body in enumerate(home[:4])]
    assert len(grants) == 12
    return Actor("0", "", "staff", None, tuple(grants))


def _cost(scope: Scope, running: bool, times: int) -> Cost:
    """Medians of rounds in turn, so that what else the machine does falls on both."""
    root, everything = places.root(), Scope(((None, None),))
    rounds = []
    for _ in range(ROUNDS):
        filtered = _ms(lambda: lists.page(scope, root, running=running), times)
        plain = _ms(lambda: lists.page(everything, root, running=running), times)
        rounds.append((filtered, plain))
    over, under = (statistics.median(part) for part in zip(*rounds, strict=True))
    return Cost(over, under, statistics.median(filtered / plain for filtered, plain in rounds))


def _ms(ask: Callable[[], list[lists.Row]], times: int) -> float:
    assert ask(), "a list that is measured is not empty"
    pids = [os.getpid(), connection.connection.info.backend_pid]
    before = cpu.seconds(pids)
    for _ in range(times):
        ask()
    return (cpu.seconds(pids) - before) / times * 1000


def _said(found: dict[str, Any]) -> dict[str, Any]:
    print(", ".join(f"{name} {value}" for name, value in found.items()), file=sys.stderr, flush=True)
    return found
