"""What pages of every channel ask for in the background."""

import msgspec
from django.http import HttpResponse, JsonResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent
from zhongshu.channels.portal import city_map as maps
from zhongshu.channels.presenters.forms import typed
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.intake.rules import asking, planned
from zhongshu.engine.intake.rules.questionnaire import Questionnaire


@require_safe
@gzip_page
@access.anyone
def city_map(request: access.Request) -> HttpResponse:
    """The city's districts, streets and roads as GeoJSON: the ground of every map."""
    response = HttpResponse(maps.geojson(), content_type="application/geo+json")
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
@gzip_page
@access.anyone
def plan(request: access.Request, scenario: str, version: int, element: str) -> HttpResponse:
    """The rules of a form for the page to settle it by itself; a version never changes, so neither does its plan."""
    made = planned.plan(_form(scenario, version, element).plan)
    response = HttpResponse(msgspec.json.encode(made), content_type="application/json")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _form(scenario: str, version: int, element: str) -> Questionnaire:
    form = scenarios.form(scenario, version, "" if element == "report" else element)
    if form is None:
        raise Absent("没有这张表，请刷新页面。")
    return form


@require_POST
@access.anyone
def asked(request: access.Request, scenario: str, version: int, element: str) -> HttpResponse:
    """What of a form is asked of someone who has typed so much, what must be answered, and what works out to what."""
    form = _form(scenario, version, element)
    settled = asking.round_of(form, typed.typed(form, request.POST))
    told = {"asked": sorted(settled.shown), "required": sorted(settled.required), "computed": dict(settled.computed)}
    return JsonResponse(told)
