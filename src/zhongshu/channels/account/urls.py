"""Addresses of what everybody has who signs in, resident or official."""

from django.urls import path

from zhongshu.channels.account.views import acting, mandates, signing_in

app_name = "account"

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("register/", signing_in.register, name="register"),
    path("account/mandates/", mandates.all_of_mine, name="mandates"),
    path("account/mandates/<uuid:mandate>/accept/", mandates.accept, name="accept_mandate"),
    path("account/mandates/<uuid:mandate>/decline/", mandates.decline, name="decline_mandate"),
    path("account/mandates/<uuid:mandate>/revoke/", mandates.revoke, name="revoke_mandate"),
    path("account/acting/", acting.for_whom, name="acting"),
    path("account/acting/<uuid:mandate>/", acting.begin, name="act"),
    path("account/acting/end/", acting.end, name="end_acting"),
]
