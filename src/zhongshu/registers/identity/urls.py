"""Addresses other systems speak to; pages of people are in `channels/account`."""

from django.urls import path

from zhongshu.registers.identity import api

app_name = "identity"

urlpatterns = [
    path(".well-known/openid-configuration", api.about, name="about"),
    path("oidc/jwks", api.keys, name="keys"),
    path("oidc/token", api.token, name="token"),
    path("oidc/userinfo", api.userinfo, name="userinfo"),
    path("oidc/sources/<slug:code>/logout", api.source_logout, name="source_logout"),
]
