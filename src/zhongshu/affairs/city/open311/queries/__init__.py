"""What Open311 clients ask."""

from zhongshu.affairs.city.open311.queries.discovery import check_jurisdiction, discovery, jurisdiction
from zhongshu.affairs.city.open311.queries.reports import key, receipt, spot
from zhongshu.affairs.city.open311.queries.requests import number_of, request, requests
from zhongshu.affairs.city.open311.queries.services import definition, form, services

__all__ = [
    "check_jurisdiction", "definition", "discovery", "form", "jurisdiction", "key", "number_of", "receipt", "request",
    "requests", "services", "spot",
]  # fmt: skip
