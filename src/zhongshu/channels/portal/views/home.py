"""The front page."""

from django.http import HttpResponse
from django.shortcuts import render

from zhongshu.base.http import access


@access.anyone
def home(request: access.Request) -> HttpResponse:
    """What one can do here."""
    return render(request, "portal/home.html")
