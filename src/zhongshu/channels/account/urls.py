"""Addresses of what everybody has who signs in, resident or official."""

from django.urls import path

from zhongshu.channels.account.views import firms, looks, me, signing_in

app_name = "account"

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("register/", signing_in.register, name="register"),
    path("account/me/", me.me, name="me"),
    path("account/me/whole/", me.whole, name="me_whole"),
    path("account/looks/", looks.looks, name="looks"),
    path("account/firms/", firms.firms, name="firms"),
    path("account/firms/<uuid:firm>/", firms.firm, name="firm"),
    path("account/firms/<uuid:firm>/roles/<uuid:role>/end/", firms.end, name="end_firm_role"),
]
