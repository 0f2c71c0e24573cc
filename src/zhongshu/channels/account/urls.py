"""Addresses of what everybody has who signs in, resident or official."""

from django.urls import path

from zhongshu.channels.account.views import privacy, signing_in

app_name = "account"

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("register/", signing_in.register, name="register"),
    path("account/privacy/", privacy.own, name="privacy"),
    path("account/privacy/requests/<uuid:asked>/withdraw/", privacy.withdraw_request, name="withdraw_request"),
    path("account/privacy/requests/<uuid:asked>/copy/", privacy.copy, name="privacy_copy"),
    path("account/privacy/consents/<uuid:consent>/withdraw/", privacy.withdraw_consent, name="withdraw_consent"),
    path("privacy/notices/<slug:code>/", privacy.notice, name="notice"),
    path("privacy/certificates/<uuid:id>/", privacy.certificate, name="certificate"),
]
