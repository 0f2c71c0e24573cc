"""Cases and categories as Open311 has them. Pure.

A request shows no personal data: no name, no telephone, nothing anybody wrote. Its address is the names of the regions
it lies in, down to the community; its point is rounded.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhongshu.base.calendar.rules import SHANGHAI

Shape = dict[str, Any]
"""An element, with its parts by name."""
DIGITS = 3
"""Digits of a published degree: about 100 m, so that a point names no door."""


@dataclass(frozen=True, slots=True)
class Service:
    """A category that can be reported: `names` are all it and its class are called, in both languages."""

    code: str
    name: str
    description: str
    group: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A case as anybody may see it."""

    number: str
    code: str
    service: str
    description: str
    phase: str
    body: str
    opened: datetime
    changed: datetime | None
    due: datetime | None
    closed: datetime | None
    address: str
    place: str
    lon: float | None
    lat: float | None


def service(found: Service) -> Shape:
    """An element of GET Service List."""
    return {
        "service_code": found.code, "service_name": found.name, "description": found.description, "metadata": True,
        "type": "realtime", "keywords": ",".join(dict.fromkeys(filter(None, found.names))), "group": found.group,
    }  # fmt: skip


def request(found: Request) -> Shape:
    """An element of GET Service Requests."""
    return {
        "service_request_id": found.number, "status": "open" if found.closed is None else "closed",
        "status_notes": found.phase, "service_name": found.service, "service_code": found.code,
        "description": found.description, "agency_responsible": found.body or None, "service_notice": None,
        "requested_datetime": moment(found.opened),
        "updated_datetime": moment(found.closed or found.changed or found.opened),
        "expected_datetime": moment(found.due), "address": found.address, "address_id": found.place,
        "zipcode": None, "lat": _coarse(found.lat), "long": _coarse(found.lon), "media_url": None,
    }  # fmt: skip


def moment(at: datetime | None) -> str | None:
    """A moment in W3C format, to the second, in Shanghai's zone."""
    return None if at is None else at.astimezone(SHANGHAI).isoformat(timespec="seconds")


def _coarse(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, DIGITS)


def discovery(changed: str | None, url: str, kind: str, contact: str, key_service: str) -> Shape:
    """The discovery document (wiki.open311.org, Service Discovery); `kind` is production or test."""
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2", "url": url, "changeset": changed, "type": kind,
        "formats": ["text/xml", "application/json"],
    }  # fmt: skip
    return {"changeset": changed, "contact": contact, "key_service": key_service, "endpoints": [endpoint]}
