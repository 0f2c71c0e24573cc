"""Addresses of what everybody has who signs in, resident or official."""

from django.urls import path

from zhongshu.channels.account.views import signing_in

app_name = "account"

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("register/", signing_in.register, name="register"),
]
