"""Addresses of Open311 GeoReport v2, below `/api/open311/v2/`."""

from django.urls import path

from zhongshu.affairs.city.open311 import api

app_name = "open311"
urlpatterns = [
    path("discovery.<format>", api.discovery, name="discovery"),
    path("services.<format>", api.services, name="services"),
    path("services/<code>.<format>", api.definition, name="definition"),
    path("requests.<format>", api.requests, name="requests"),
    path("requests/<number>.<format>", api.one_request, name="request"),
    path("tokens/<token>.<format>", api.request_of_token, name="token"),
]
