"""What a telephone hears that sends later what was done without network: JSON in place of pages."""

import html
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from zhongshu.base.http.access import Request
from zhongshu.base.http.middleware import said
from zhongshu.base.http.refusals import Conflict
from zhongshu.engine.cases.rules.scenario import Scenario


def asked_by_queue(request: Request) -> bool:
    """Whether the queue asks, not a person before a page."""
    return request.headers.get("Accept", "").startswith("application/json")


def went(request: Request, address: str) -> HttpResponse:
    """It was done: the queue may forget it, a person goes on to the next page."""
    return JsonResponse({"address": address}) if asked_by_queue(request) else redirect(address)


def mended(problems: Mapping[str, Any]) -> HttpResponse:
    """It cannot be taken as it is: every sentence of what to mend."""
    return JsonResponse({"error": " ".join(_lines("mobile/mended.txt", {"problems": problems}))}, status=422)


def moved(scenario: Scenario, conflict: Conflict) -> HttpResponse:
    """The case has moved on: what happened meanwhile, in words."""
    happened = _lines("mobile/happened.txt", {"scenario": scenario, "happened": conflict.happened})
    return JsonResponse({"error": said(conflict), "happened": happened}, status=conflict.status)


def _lines(template: str, context: Mapping[str, Any]) -> list[str]:
    """What a template says, line by line, as text: JSON is no HTML."""
    lines = html.unescape(render_to_string(template, dict(context))).splitlines()
    return [line.strip() for line in lines if line.strip()]
