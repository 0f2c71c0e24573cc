"""Addresses of what everybody has who signs in, resident or official."""

from django.urls import path

from zhongshu.channels.account.views import (
    device,
    firms,
    home,
    looks,
    me,
    passkeys,
    passwords,
    proving,
    second,
    security,
    sessions,
    signing_in,
)

app_name = "account"

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/second/", second.second, name="second"),
    path("sign-in/renew/", second.renew, name="renew"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("register/", signing_in.register, name="register"),
    path("recover/", passwords.recover, name="recover"),
    path("device/", device.bind, name="device"),
    path("account/", home.home, name="home"),
    path("account/prove/", proving.prove, name="prove"),
    path("account/password/", passwords.change, name="password"),
    path("account/security/", security.security, name="security"),
    path("account/security/totp/", security.totp, name="totp"),
    path("account/security/passkeys/", passkeys.passkeys, name="passkeys"),
    path("account/security/passkeys/options/", passkeys.options, name="passkey_options"),
    path("account/security/factors/<uuid:factor>/name/", security.rename, name="rename_factor"),
    path("account/security/factors/<uuid:factor>/remove/", security.remove, name="remove_factor"),
    path("account/recovery-codes/", security.recovery_codes, name="recovery_codes"),
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("account/sessions/others/end/", sessions.end_others, name="end_others"),
    path("account/sessions/<uuid:session>/end/", sessions.end, name="end_session"),
    path("account/me/", me.me, name="me"),
    path("account/me/whole/", me.whole, name="me_whole"),
    path("account/looks/", looks.looks, name="looks"),
    path("account/firms/", firms.firms, name="firms"),
    path("account/firms/<uuid:firm>/", firms.firm, name="firm"),
    path("account/firms/<uuid:firm>/roles/<uuid:role>/end/", firms.end, name="end_firm_role"),
]
