"""Who drafts in stories about the studio's pages."""

import pytest


@pytest.fixture
def author(city, client):
    """The browser of one who may draft for every body."""
    return city.signed_in(client, "administrator")
