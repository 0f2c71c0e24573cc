"""What every answer carries: where a page may load from, who may frame it, what a browser may keep of it."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

STYLE_EXCEPTIONS: Final[dict[str, str]] = {}
"""Address name of a page that needs styles inside it → why. None does: maps and charts set styles by script (CSSOM)."""

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(self)",
    # What is about somebody stays in no browser of a shared desk; an answer that may be kept says so itself.
    "Cache-Control": "no-store, private",
}
_A_YEAR = 365 * 24 * 3600
FOR_MACHINES = "default-src 'none'; frame-ancestors 'none'"
"""The policy of what is no page."""


def dress(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with everything it has to carry; what a view has set itself stays."""
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    if "Content-Security-Policy" not in response.headers:
        response.headers["Content-Security-Policy"] = content_security_policy(request)
    if settings.HTTPS:
        within = "; includeSubDomains" if settings.HSTS_SUBDOMAINS else ""
        response.headers["Strict-Transport-Security"] = f"max-age={_A_YEAR}{within}"
    return response


def content_security_policy(request: HttpRequest) -> str:
    """Nothing from another host, no script in a page; only the live feed may be reached beside our own address."""
    found = request.resolver_match
    styles = "'self' 'unsafe-inline'" if found and found.view_name in STYLE_EXCEPTIONS else "'self'"
    return (
        f"default-src 'self'; script-src 'self'; style-src {styles}; img-src 'self' data: blob:; "
        f"media-src 'self' blob:; connect-src 'self' {feed_url(request)}; worker-src 'self'; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; report-uri /csp/"
        + ("; upgrade-insecure-requests" if settings.HTTPS else "")
    )


def feed_url(request: HttpRequest) -> str:
    """The live feed's address for this browser: the setting, else this host on the feed's port."""
    if settings.FEED_URL:
        return settings.FEED_URL
    host = request.get_host().rsplit(":", 1)[0] if not request.get_host().endswith("]") else request.get_host()
    return f"{request.scheme}://{host}:{settings.FEED_PORT}"
