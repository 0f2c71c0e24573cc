from ipaddress import ip_network

import pytest
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.http import origin

PROXIES = [ip_network(one) for one in ("10.0.0.1", "192.168.7.0/24", "::1")]


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 192.168.7.20", "198.51.100.1"),
        ("::1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("10.0.0.1", "198.51.100.1:5000", "198.51.100.1"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_only_our_own_proxies_are_believed(peer, forwarded, found):
    assert origin.visitor(peer, forwarded, PROXIES) == found


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_a_visitor_cannot_choose_an_address_by_what_it_claims(claimed):
    assert origin.visitor("10.0.0.1", f"{claimed},198.51.100.1", PROXIES) == "198.51.100.1"


def test_a_request_is_looked_at_with_the_proxies_of_the_settings(settings):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert origin.address(request) == "10.0.0.1"
    settings.PROXIES = PROXIES
    assert origin.address(request) == "198.51.100.1"
