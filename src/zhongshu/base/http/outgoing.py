"""The one way out to other hosts."""

import httpx

TIMEOUT = 10.0


def client(purpose: str, *, allow: frozenset[str] = frozenset()) -> httpx.Client:
    """A client that follows no redirects and waits ten seconds at most; `purpose` is told to the other side."""
    return httpx.Client(
        timeout=TIMEOUT, follow_redirects=False, headers={"User-Agent": f"zhongshu ({purpose})"}, trust_env=False
    )
