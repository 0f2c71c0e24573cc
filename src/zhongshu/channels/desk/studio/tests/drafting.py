"""A draft to work on in stories about the studio's pages."""

import html
import re

from zhongshu.engine.studio.models import Draft
from zhongshu.engine.studio.queries import drafts


def begun(city, author, scenario="noise"):
    """A draft begun as the next version of a scenario."""
    body = str(city.actor("administrator").body)
    answer = author.post("/desk/studio/new/", {"from": f"version:{scenario}", "body": body})
    assert answer.status_code == 302, text(answer)
    return Draft.objects.latest("begun")


def files(draft):
    """What the draft says now."""
    return drafts.files(Draft.objects.get(pk=draft.pk))


def text(answer):
    """The words of a page."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def form(answer):
    """What a browser would send back of the one form of a page that has a revision: its inputs by name."""
    page = answer.content.decode()
    found = {}
    for part in re.findall(r"<form method=\"post\".*?</form>", page, re.S):
        if 'name="revision"' not in part:
            continue
        for tag in re.findall(r"<input [^>]*>", part):
            name, value = re.search(r' name="([^"]*)"', tag), re.search(r' value="([^"]*)"', tag)
            if name:
                found[name[1]] = html.unescape(value[1]) if value else ""
        for name, value in re.findall(r'<textarea [^>]*?name="([^"]*)"[^>]*>\n?(.*?)</textarea>', part, re.S):
            found[name] = html.unescape(value)
        for name, options in re.findall(r'<select [^>]*?name="([^"]*)"[^>]*>(.*?)</select>', part, re.S):
            chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
            found[name] = html.unescape(chosen[1]) if chosen else ""
    return found
