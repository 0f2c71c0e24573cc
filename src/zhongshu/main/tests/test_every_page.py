"""Every page of every channel: accessible, in one language, on a telephone and on a desk, for elders too."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from zhongshu.main.tests.acting import row

PHONE, DESK = 390, 1440
OFFICIALS = ("/desk/", "/screen/")
DEEP = os.environ.get("ZHONGSHU_DEEP") == "1"
MODES = [("zh-hans", "usual"), ("en", "usual"), ("zh-hans", "elder")]
ANYBODY, RESIDENT, ACCEPTOR, SUPERVISOR, LEADER = None, "resident", "acceptor", "supervisor", "leader"
ADMINISTRATOR, SECURITY, AUDITOR, OFFICER, PATROL = "administrator", "security", "auditor", "{officer}", "grid001"
COUNTER, NEWCOMER = "counter", "newcomer"
PRIVACY = "privacy"

PAGES: dict[str, list[tuple[str | None, str]]] = {
    "portal:home": [(ANYBODY, "/"), (RESIDENT, "/"), (ANYBODY, "/nothing/")],
    "portal:report": [(ANYBODY, "/report/?q=x"), (ANYBODY, "/report/?q={words}")],
    "portal:fill": [(ANYBODY, "/report/1101/"), (ANYBODY, "/report/9999/")],
    "portal:track": [(ANYBODY, "/track/")],
    "portal:progress": [(RESIDENT, "/track/{mine}/"), (RESIDENT, "/track/{mine_closed}/")],
    "portal:mine": [(RESIDENT, "/mine/")],
    "portal:messages": [(RESIDENT, "/messages/"), (OFFICER, "/messages/"), (ADMINISTRATOR, "/messages/")],
    "account:sign_in": [(ANYBODY, "/sign-in/")],
    "account:register": [(ANYBODY, "/register/")],
    "account:telephone": [(ANYBODY, "/sign-in/telephone/")],
    "account:recover_by_telephone": [(ANYBODY, "/recover/telephone/")],
    "account:ways": [(RESIDENT, "/account/ways/")],
    "account:link_telephone": [(RESIDENT, "/account/ways/telephone/")],
    "account:apps": [(RESIDENT, "/account/apps/")],
    "account:log_out": [(RESIDENT, "/oidc/logout")],
    "account:recover": [(ANYBODY, "/recover/")],
    "account:device": [(ANYBODY, "/device/")],
    "account:home": [(RESIDENT, "/account/"), (ACCEPTOR, "/account/")],
    "account:security": [(RESIDENT, "/account/security/")],
    "account:totp": [(RESIDENT, "/account/security/totp/")],
    "account:passkeys": [(RESIDENT, "/account/security/passkeys/")],
    "account:recovery_codes": [(RESIDENT, "/account/recovery-codes/")],
    "account:sessions": [(RESIDENT, "/account/sessions/")],
    "account:password": [(RESIDENT, "/account/password/")],
    "account:prove": [(RESIDENT, "/account/prove/?next=/account/")],
    "account:me": [(RESIDENT, "/account/me/"), (NEWCOMER, "/account/me/"), (ACCEPTOR, "/account/me/")],
    "account:looks": [(RESIDENT, "/account/looks/")],
    "account:firms": [(RESIDENT, "/account/firms/"), (NEWCOMER, "/account/firms/")],
    "account:firm": [(RESIDENT, "/account/firms/{firm}/")],
    "account:mandates": [(RESIDENT, "/account/mandates/")],
    "account:acting": [(RESIDENT, "/account/acting/")],
    "desk:mandates": [("counter", "/desk/mandates/?person={person}")],
    "desk:help": [("helper", "/desk/mandates/help/")],
    "account:privacy": [(RESIDENT, "/account/privacy/")],
    "account:notice": [(ANYBODY, "/privacy/notices/registration/"), (RESIDENT, "/privacy/notices/registration/")],
    "desk:privacy_requests": [(PRIVACY, "/desk/privacy/")],
    "desk:privacy_corrections": [(COUNTER, "/desk/privacy/corrections/")],
    "desk:privacy_retention": [(PRIVACY, "/desk/privacy/retention/")],
    "desk:privacy_holds": [(PRIVACY, "/desk/privacy/holds/")],
    "desk:privacy_notices": [(PRIVACY, "/desk/privacy/notices/")],
    "desk:privacy_certificates": [(PRIVACY, "/desk/privacy/certificates/")],
    "desk:inbox": [(SUPERVISOR, "/desk/"), (ACCEPTOR, "/desk/")],
    "desk:cases": [(SUPERVISOR, "/desk/cases/")],
    "desk:body": [(SUPERVISOR, "/desk/bodies/{body}/")],
    "desk:case": [(SUPERVISOR, "/desk/cases/{closed}/"), (ACCEPTOR, "/desk/cases/{told}/")],
    "desk:send_back": [(SUPERVISOR, "/desk/cases/{back}/back/")],
    "desk:reopen": [(SUPERVISOR, "/desk/cases/{closed}/reopen/")],
    "desk:dispatch": [(SUPERVISOR, "/desk/dispatch/?show=running&case={given}")],
    "desk:persons": [(COUNTER, "/desk/persons/")],
    "desk:person": [(COUNTER, "/desk/persons/{person}/")],
    "desk:mergings": [(ADMINISTRATOR, "/desk/persons/mergings/")],
    "desk:start": [(SUPERVISOR, "/desk/start/"), (SUPERVISOR, "/desk/start/?q=x")],
    "desk:report": [(SUPERVISOR, "/desk/report/"), (SUPERVISOR, "/desk/report/?category=1101")],
    "desk:import": [(SUPERVISOR, "/desk/import/")],
    "desk:duties": [(SUPERVISOR, "/desk/duties/"), (LEADER, "/desk/duties/?category=1101&place={street}")],
    "desk:duty": [(SUPERVISOR, "/desk/duties/{row}/")],
    "desk:change_duties": [(SUPERVISOR, "/desk/duties/change/?category=11&place={street}")],
    "desk:duty_proposals": [(SUPERVISOR, "/desk/duties/proposals/"), (LEADER, "/desk/duties/proposals/")],
    "desk:duty_versions": [(LEADER, "/desk/duties/versions/")],
    "desk:rosters": [(SUPERVISOR, "/desk/duties/rosters/"), (SUPERVISOR, "/desk/duties/rosters/?body=-{body}")],
    "desk:away": [(SUPERVISOR, "/desk/away/")],
    "desk:handovers": [(ADMINISTRATOR, "/desk/handovers/?q=grid001")],
    "desk:places": [(ADMINISTRATOR, "/desk/places/?code={street}")],
    "desk:import_places": [(ADMINISTRATOR, "/desk/places/import/")],
    "desk:figures": [(LEADER, "/desk/figures/?measure=opened&measure=on_time&group=body")],
    "desk:reports": [(LEADER, "/desk/figures/reports/")],  # leads to the last month's
    "desk:admin": [(ADMINISTRATOR, "/desk/admin/"), (RESIDENT, "/desk/admin/")],
    "desk:clients": [(ADMINISTRATOR, "/desk/admin/clients/")],
    "desk:admin_bodies": [(ADMINISTRATOR, "/desk/admin/bodies/")],
    "desk:admin_body": [(ADMINISTRATOR, "/desk/admin/bodies/{body}/?to={home}")],
    "desk:admin_staff": [(ADMINISTRATOR, "/desk/admin/staff/?q=grid00")],
    "desk:admin_new_staff": [(ADMINISTRATOR, "/desk/admin/staff/new/")],
    "desk:admin_account": [(ADMINISTRATOR, "/desk/admin/staff/{clerk}/")],
    "desk:keys": [(ADMINISTRATOR, "/desk/admin/keys/")],
    "desk:admin_import": [(ADMINISTRATOR, "/desk/admin/import/")],
    "desk:admin_sessions": [(SECURITY, "/desk/admin/sessions/")],
    "desk:audit": [(AUDITOR, "/desk/admin/audit/")],
    "desk:versions": [(ADMINISTRATOR, "/desk/versions/"), (LEADER, "/desk/versions/")],
    "desk:studio": [(ADMINISTRATOR, "/desk/studio/"), (LEADER, "/desk/studio/")],
    "desk:studio_new": [(ADMINISTRATOR, "/desk/studio/new/")],
    "desk:studio_import": [(ADMINISTRATOR, "/desk/studio/import/")],
    "desk:rights": [(SECURITY, "/desk/rights/"), (SUPERVISOR, "/desk/rights/")],
    "desk:propose_grant": [
        (ADMINISTRATOR, "/desk/rights/propose/"),
        (ADMINISTRATOR, "/desk/rights/propose/?account={holder}"),
    ],
    "desk:grant_proposals": [(SECURITY, "/desk/rights/proposals/")],
    "desk:review_grants": [(SECURITY, "/desk/rights/review/")],
    "desk:why": [
        (SECURITY, "/desk/rights/why/?account={holder}&thing={closed}"),
        (SUPERVISOR, "/desk/rights/why/?body=-{body}"),
    ],
    "desk:roles": [(SECURITY, "/desk/rights/roles/")],
    "mobile:mine": [(OFFICER, "/mobile/")],
    "mobile:task": [(OFFICER, "/mobile/cases/{given}/tasks/{token}/")],
    "mobile:report": [(PATROL, "/mobile/report/?q=x")],
    "mobile:fill": [(PATROL, "/mobile/report/1101/")],
    "mobile:shift": [(PATROL, "/mobile/shift/")],
    "mobile:waiting": [(PATROL, "/mobile/waiting/")],
    "mobile:track": [(PATROL, "/mobile/track/")],
    "screen:wall": [(LEADER, "/screen/")],
    "screen:cases": [(LEADER, "/screen/cases/?what=overdue"), (LEADER, "/screen/cases/?what=phase&phase=verifying")],
    "screen:standing": [(LEADER, "/screen/standings/streets/")],
}
"""Address name → who opens which addresses; what stands in braces comes from the demo city."""

SHOWN_ELSEWHERE = {
    *("desk:studio_draft", "desk:studio_settings", "desk:studio_history", "desk:studio_publish"),  # their story does
    "desk:studio_tasks",  # there is none before somebody drafts: the story of a scenario looks at it
    *("desk:studio_export", "desk:studio_compare", "desk:make_letter"),
    *(
        "portal:places",
        "portal:place",
        "portal:asked",
        "portal:plan",
        "portal:city_map",
        "portal:document",
        "portal:send_file",
    ),  # parts of a page
    *(
        "desk:photo",
        "desk:held",
        "desk:send_file",
        "desk:import_template",
        "mobile:position",
        "mobile:photos",
        "screen:data",
        "screen:trends",
        "screen:points",
    ),
    *("account:accept_mandate", "account:decline_mandate", "account:revoke_mandate", "desk:revoke_mandate"),
    *("account:act", "account:end_acting"),
    *("portal:supplement", "portal:urge", "portal:withdraw"),
    *("portal:rate", "portal:read", "account:sign_out", "portal:language", "portal:mode"),  # lead to a page
    *(
        "desk:claim",
        "desk:release",
        "desk:assign",
        "desk:complete",
        "desk:merge",
        "desk:split",
        "desk:reveal",
        "desk:revoke_key",
        "desk:withdraw_client",
        "desk:rotate_key",
        "desk:bind_device",
        "desk:unbind_device",
        "desk:admin_end_sessions",
        "desk:admin_import_result",
        "desk:admin_import_example",
        "desk:audit_export",
    ),
    *("desk:dispatch_points", "desk:dispatch_officers", "desk:dispatch_act"),
    *("desk:delegate", "desk:hand_back", "desk:take_over", "desk:back", "desk:bulk", "desk:bulk_do"),
    *("account:outside", "account:outside_back", "account:link", "account:unlink", "account:revoke_app"),  # lead on
    *("account:onward", "account:consent", "account:logged_out"),  # lead on
    *(
        "account:newcomer",
        "account:left",
        "account:authorize",
    ),  # the stories of other providers and systems look at them
    *("identity:about", "identity:keys", "identity:token", "identity:userinfo", "identity:source_logout"),  # machines'
    *("desk:studio_decisions", "desk:studio_decision", "desk:studio_letters", "desk:studio_letter"),
    "desk:studio_letter_preview",  # a PDF; the stories of the studio look at these in a browser
    "desk:handover",  # the story of work in other hands looks at it
    *("desk:studio_forms", "desk:studio_forms_edit", "desk:studio_forms_question", "desk:studio_forms_section"),
    *("desk:studio_forms_preview", "desk:studio_asked"),  # the story of the studio looks at them
    *("desk:cancel", "desk:link", "desk:unlink", "desk:urge"),
    *("desk:ask_supplement", "desk:drop_supplement", "desk:deem_withdrawn"),
    *("desk:recall", "desk:ask_signature", "desk:signature_off", "desk:remind_signer", "desk:answer_signature"),
    *("desk:suspend", "desk:resume", "desk:extend", "desk:decide", "desk:close_retracted"),
    *("desk:call_body", "desk:call_off", "desk:name_lead", "desk:score_body", "desk:review_device"),
    "desk:admin_imported",  # there is none before somebody imports: the story of a file of bodies looks at it
    "desk:devices",  # there are none before a machine tells: the story of a whistle and a camera looks at it
    *("desk:month_report", "desk:month_pdf", "desk:export_figures", "desk:figure_cases"),
    *("mobile:accept", "mobile:arrive", "mobile:release", "mobile:voice", "mobile:agree", "mobile:points"),
    *("mobile:me", "mobile:worker"),  # for the worker in the telephone
    *("desk:end_grant", "desk:decide_grant", "desk:withdraw_grant"),  # lead to a page
    "desk:grant_proposal",  # there is none before somebody proposes: the story of a grant looks at it
    *("desk:migration", "desk:migrated"),  # there is none before somebody begins one: the story of a migration does
    "desk:track",  # there is no way before an officer lets it be kept: the story of ways looks at it
    "desk:duty_proposal",  # there is none before somebody proposes: the story of a change looks at it
    "desk:place",  # looks as "desk:places" does once a code was typed
    "desk:place_imports",  # there is none before somebody imports: the story of an import looks at it
    "http:violated",  # browsers report to it
    *("account:rename_factor", "account:remove_factor", "account:passkey_options"),  # lead to a page, or are for one
    *("account:end_session", "account:end_others"),
    *("account:second", "account:renew"),  # only for who is half signed in: the stories of two proofs look at them
    *("account:me_whole", "account:end_firm_role", "desk:open_person", "desk:verify_person", "desk:show_person"),
    *("desk:merge_person", "desk:confirm_firm_role", "desk:undo_merging"),  # lead to a page
    "desk:merging",  # there is none before a clerk proposes: the story of a merging looks at it
    *(
        "account:withdraw_request",
        "account:withdraw_consent",
        "account:privacy_copy",
        "desk:lift_hold",
    ),  # lead to a page
    *("desk:privacy_request", "desk:privacy_correction"),  # there is none before somebody asks: their stories do
    "account:certificate",  # there is none before something is destroyed: the story of a deletion looks at it
    *("desk:ask_body", "desk:drop_body", "desk:urge_bodies", "desk:export_answers"),  # lead to a page
    *("desk:start_one", "portal:start", "portal:started"),  # no scenario of the demo is started: their stories do
    *("portal:draft", "portal:drop_draft"),  # lead to a page; the story of two pages of one draft looks at the choice
    *("desk:studio_trial", "desk:studio_trying"),  # there is none before somebody drafts: the story of the studio does
    "desk:studio_trial_asked",  # for the form in the browser
    "portal:sent",  # only whoever has just told sees it: the stories of residents do
    *(
        "desk:studio_process",
        "desk:studio_drawing",
    ),  # of a draft: the story of a scenario made in the studio looks at them
}

_FACTS = {
    "words": "SELECT name_en FROM catalogue_category WHERE code = '1101'",
    "row": "SELECT id FROM dispatch_responsibility ORDER BY id LIMIT 1",
    "holder": "SELECT id FROM people_account WHERE login = 'verifier001'",
    "street": "SELECT place FROM dispatch_responsibility ORDER BY id LIMIT 1",
    "firm": "SELECT id FROM people_firm ORDER BY id LIMIT 1",
    "body": "SELECT body FROM cases_case WHERE body IS NOT NULL ORDER BY id DESC LIMIT 1",
    "clerk": "SELECT id FROM people_account WHERE login = 'grid001'",
    "home": "SELECT name FROM people_body WHERE parent_id IS NULL",
    "closed": "SELECT number FROM cases_case WHERE closed IS NOT NULL AND body IS NOT NULL ORDER BY id DESC LIMIT 1",
    "person": "SELECT person_id FROM people_account WHERE login = 'resident'",
    "back": "SELECT c.number || '/tasks/' || t.token FROM cases_task t JOIN cases_case c ON c.id = t.case_id "
    "WHERE t.closed IS NULL AND t.element = 'verify' ORDER BY c.id DESC LIMIT 1",
    "told": "SELECT c.number FROM cases_task t JOIN cases_case c ON c.id = t.case_id "
    "WHERE t.closed IS NULL AND t.role = 'acceptor' ORDER BY c.id DESC LIMIT 1",
}
_GIVEN = """
SELECT a.login AS officer, c.number AS given, t.token FROM cases_task t JOIN cases_case c ON c.id = t.case_id
JOIN people_account a ON a.id = t.assignee WHERE t.closed IS NULL AND t.role = 'handler' ORDER BY c.id DESC LIMIT 1
"""
_MINE = """
SELECT k.id FROM cases_case k JOIN cases_contact c ON c.case_id = k.id JOIN people_account a ON a.id = c.account
WHERE a.login = 'resident' AND (k.closed IS NULL) = %s ORDER BY k.id DESC LIMIT 1
"""
_TYPED = """
SELECT reason FROM approvals_proposal UNION SELECT answer FROM approvals_proposal
UNION SELECT name FROM people_account UNION SELECT name FROM people_person
UNION SELECT name FROM people_firm UNION SELECT uscc FROM people_firm UNION SELECT words FROM people_look
UNION SELECT text FROM cases_contact UNION SELECT address FROM cases_case
UNION SELECT value FROM cases_task, jsonb_each_text(outcome) WHERE outcome IS NOT NULL
UNION SELECT value FROM cases_case, jsonb_each_text(data -> 'answers')
"""

_SHOWN = """(page) => {
  const said = [], apart = "script, style, noscript, template, [lang]:not(html), .maplibregl-map canvas";
  const walk = page.createTreeWalker(page.documentElement, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode())
    if (!text.parentElement.closest(apart)) said.push(text.data);
  for (const element of page.querySelectorAll("*"))
    for (const name of ["aria-label", "title", "alt", "placeholder"])
      if (element.hasAttribute(name)) said.push(element.getAttribute(name));
  return said.map((text) => text.trim()).filter(Boolean);
}"""
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2,}")
KNOWN_NAMES = re.compile(
    r"CSV|XLSX|PDF|GeoJSON|WKT|Excel|xlsx|zip|UTF-8|GB18030|GPS|WGS-84|GCJ-02|BD-09|MB|JavaScript|Zhongshu"
    r"|OpenID Connect|ES256|RS256|\b[A-Z]{2}\d{6,}\b|\b(officer|grid|verifier)\d+\b",
    re.ASCII,
)


def named(patterns: list[Any], space: str = "") -> Iterator[str]:
    """The names of all addresses of the pages."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if not str(pattern.pattern).startswith("api/"):
                yield from named(pattern.url_patterns, pattern.namespace or space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}:{pattern.name}"


def test_every_address_is_a_page_that_is_looked_at_or_said_not_to_be_one() -> None:
    found = set(named(get_resolver().url_patterns))
    assert found == set(PAGES) | SHOWN_ELSEWHERE
    assert not set(PAGES) & SHOWN_ELSEWHERE


@dataclass(frozen=True, slots=True)
class Demo:
    """What the addresses name, and what people have typed, longest first."""

    facts: dict[str, str]
    typed: list[str]


@pytest.fixture(scope="module")
def demo(platform: Any) -> Demo:
    """The demo city as its database has it."""
    facts = {name: row(platform.database, question)[0] for name, question in _FACTS.items()}
    facts["officer"], facts["given"], facts["token"] = row(platform.database, _GIVEN)
    facts["mine"], facts["mine_closed"] = (row(platform.database, _MINE, running)[0] for running in (True, False))
    with psycopg.connect(platform.database) as database:
        told = {text.strip() for (text,) in database.execute(_TYPED) if text}
        typed = {text for text in told if len(text) > 3 or HAN.search(text)}  # a letter or two may stand anywhere
    masked = {f"{name[0]}{'*' * (len(name) - 1)}" for name in typed if 2 <= len(name) <= 4}
    return Demo({name: str(fact) for name, fact in facts.items()}, sorted(typed | masked, key=len, reverse=True))


def opened_by(login: str | None) -> list[str]:
    """The addresses this visitor opens."""
    return [address for pages in PAGES.values() for who, address in pages if who == login]


def foreign(said: list[str], language: str, typed: list[str]) -> list[str]:
    """What of all that is said is in the other language, what people typed apart."""
    wrong = []
    for text in said:
        left = text
        for data in typed:
            left = left.replace(data, "")
        if HAN.search(left) if language == "en" else LATIN.search(KNOWN_NAMES.sub("", left)):
            wrong.append(text)
    return wrong


def written(page: Any, address: str, language: str, typed: list[str]) -> list[str]:
    """What a page says in the other language, as it is sent: officials' pages say the same once they are drawn."""
    source = page.context.request.get(address).text()
    said = page.evaluate(f"source => ({_SHOWN})(new DOMParser().parseFromString(source, 'text/html'))", source)
    return foreign(said, language, typed)


def look(page: Any, axe: Callable[[Any], list[str]], wide: bool, narrow: bool) -> list[str]:
    """What is wrong with a page as it is drawn; axe looks at it on a desk, on a telephone, or on both."""
    found = []
    if wide:
        page.set_viewport_size({"width": DESK, "height": 900})
        found += axe(page)
    page.set_viewport_size({"width": PHONE, "height": 900})
    if narrow:
        found += axe(page)
    if (width := page.evaluate("document.documentElement.scrollWidth")) > PHONE:
        found.append(f"{width} px wide")
    if (titles := page.locator("h1").count()) != 1:
        found.append(f"{titles} headings of the first rank")
    return found


@pytest.mark.page
@pytest.mark.parametrize("login", dict.fromkeys(login for pages in PAGES.values() for login, _ in pages))
def test_every_page_is_accessible_fits_and_speaks_one_language(
    visit: Callable[..., Any], platform: Any, axe: Callable[[Any], list[str]], demo: Demo, login: str | None
) -> None:
    """Every page is drawn on a desk, a resident's in large type on a telephone too, and its English read as it is sent;
    in the full counts all are drawn in every mode, and axe looks at each on a desk and on a telephone.
    """
    page, wrong = visit(login and login.format(**demo.facts)), {}
    for language, mode in MODES:
        cookies = {"language": language, "mode": mode}
        page.context.add_cookies([{"name": n, "value": v, "url": platform.url} for n, v in cookies.items()])
        usual, elder = (language, mode) == MODES[0], mode == "elder"
        for address in (address.format(**demo.facts) for address in opened_by(login)):
            if usual or DEEP or (elder and not address.startswith(OFFICIALS)):
                page.goto(address)
                found = foreign(page.evaluate(f"({_SHOWN})(document)"), language, demo.typed)
                found += look(page, axe, wide=usual or DEEP, narrow=elder or DEEP)
            else:
                found = [] if elder else written(page, address, language, demo.typed)
            if found:
                wrong[f"{address} {language} {mode}"] = found
    assert wrong == {}
