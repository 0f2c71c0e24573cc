"""What every address is about, and what doing it to that thing needs; a new page without a line here fails a test."""

from collections.abc import Iterator

from zhongshu.main.rights.expected import HOLDER, NOBODY, OWNER, PERSON, READ, VERIFIED, Line

Named = Iterator[tuple[str, Line]]


def _all(line: Line, method: str, *names: str) -> Named:
    for name in names:
        yield f"{method} {name}", line


def _both(line: Line, *names: str) -> Named:
    yield from _all(line, "GET", *names)
    yield from _all(line, "POST", *names)


PLAIN = Line()
"""Of nobody's thing: whoever passes the door is answered, each with what lies within their own scope."""
CASE = Line(READ)
"""Whoever sees the case is answered; what the answer is depends on where the case stands."""
SHIFT = Line(READ, needs="case.assign")
"""Who runs the shift over the case."""
MERGING = Line(READ, needs="case.merge")
HELD = Line(READ, task=HOLDER)
"""Who has the task in hand."""
CITY = Line(whole=True)
"""It touches every case of the city: a right over a part is not enough."""
THEIRS = Line(OWNER)
NONE = Line(NOBODY)

_DESK: list[Named] = [
    _all(PLAIN, "GET", "desk:inbox", "desk:cases", "desk:body", "desk:away", "desk:import_template", "desk:start"),
    _all(PLAIN, "POST", "desk:bulk", "desk:bulk_do", "desk:away", "desk:back"),
    _both(PLAIN, "desk:report", "desk:import"),
    _all(CASE, "GET", "desk:case"),
    _all(Line(READ, needs="case.reveal"), "POST", "desk:reveal"),
    _all(SHIFT, "POST", "desk:suspend", "desk:resume", "desk:extend", "desk:cancel", "desk:urge", "desk:take_over"),
    _all(SHIFT, "POST", "desk:assign", "desk:ask_signature", "desk:close_retracted"),
    _both(SHIFT, "desk:send_back", "desk:reopen"),
    _all(MERGING, "POST", "desk:merge", "desk:split", "desk:link", "desk:unlink"),
    _all(CASE, "POST", "desk:claim", "desk:hand_back", "desk:drop_supplement", "desk:deem_withdrawn"),
    _all(CASE, "POST", "desk:call_body", "desk:call_off", "desk:name_lead", "desk:score_body"),
    _all(CASE, "POST", "desk:export_answers"),
    _all(SHIFT, "POST", "desk:ask_body", "desk:drop_body"),
    _all(CASE, "POST", "desk:urge_bodies"),
    _both(NONE, "desk:start_one"),
    _all(CASE, "POST", "desk:signature_off", "desk:remind_signer", "desk:answer_signature"),
    _all(
        HELD,
        "POST",
        "desk:make_letter",
        "desk:release",
        "desk:complete",
        "desk:delegate",
        "desk:recall",
        "desk:ask_supplement",
    ),
    _all(NONE, "GET", "desk:held", "desk:photo"),
    _all(PLAIN, "POST", "desk:send_file"),
    _all(NONE, "POST", "desk:decide"),
]
_DISPATCH: list[Named] = [
    _all(PLAIN, "GET", "desk:dispatch", "desk:dispatch_points", "desk:dispatch_officers"),
    _all(CASE, "POST", "desk:dispatch_act"),
    _all(PLAIN, "GET", "desk:duties", "desk:duty", "desk:duty_proposals", "desk:duty_versions"),
    _both(PLAIN, "desk:change_duties"),
    _both(NONE, "desk:duty_proposal", "desk:track"),
    _all(PLAIN, "GET", "desk:rosters"),
    _all(Line("rosters.manage"), "POST", "desk:rosters"),
]
_WHOLE: list[Named] = [
    _all(PLAIN, "GET", "desk:figures", "desk:figure_cases", "desk:reports", "desk:month_report", "desk:month_pdf"),
    _all(PLAIN, "POST", "desk:export_figures"),
    _all(
        PLAIN, "GET", "screen:wall", "screen:data", "screen:trends", "screen:points", "screen:cases", "screen:standing"
    ),
    _both(NONE, "desk:studio_process", "desk:studio_drawing"),
    _all(CITY, "GET", "desk:versions"),
    _all(Line(needs="scenarios.propose", whole=True), "POST", "desk:versions"),
    _both(Line(NOBODY, whole=True), "desk:migration"),
    _all(Line(NOBODY, whole=True), "GET", "desk:migrated"),
    _both(NONE, "desk:studio_forms", "desk:studio_forms_edit", "desk:studio_forms_question"),
    _both(NONE, "desk:studio_forms_section", "desk:studio_forms_preview"),
    _all(NONE, "POST", "desk:studio_asked"),
]
_STUDIO: list[Named] = [
    _all(PLAIN, "GET", "desk:studio"),
    _both(PLAIN, "desk:studio_new", "desk:studio_import"),
    _both(NONE, "desk:studio_draft", "desk:studio_settings", "desk:studio_history", "desk:studio_publish"),
    _all(NONE, "GET", "desk:studio_export", "desk:studio_compare"),
    _both(NONE, "desk:studio_tasks"),
    _both(NONE, "desk:studio_decisions", "desk:studio_decision", "desk:studio_letters", "desk:studio_letter"),
    _all(NONE, "GET", "desk:studio_letter_preview"),
]
_ADMIN: list[Named] = [
    _both(PLAIN, "desk:places", "desk:place", "desk:import_places"),
    _all(PLAIN, "GET", "desk:admin", "desk:admin_bodies", "desk:admin_staff", "desk:admin_sessions"),
    _all(PLAIN, "GET", "desk:audit", "desk:audit_export", "desk:admin_import_example"),
    _both(PLAIN, "desk:admin_new_staff", "desk:keys", "desk:admin_import"),
    _both(Line("bodies.manage"), "desk:admin_body"),
    _both(Line("staff.manage"), "desk:admin_account"),
    _all(Line("sessions.manage"), "POST", "desk:admin_end_sessions"),
    _all(NONE, "GET", "desk:admin_imported", "desk:admin_import_result"),
    _all(PLAIN, "GET", "desk:place_imports"),
    _all(NONE, "GET", "desk:devices"),
    _all(NONE, "POST", "desk:revoke_key", "desk:rotate_key", "desk:review_device"),
    _all(NONE, "POST", "desk:bind_device", "desk:unbind_device"),
    _all(PLAIN, "GET", "desk:handovers"),
    _both(Line("case.hand_over"), "desk:handover"),
]
_RIGHTS: list[Named] = [
    _all(PLAIN, "GET", "desk:rights", "desk:grant_proposals", "desk:why", "desk:roles"),
    _both(PLAIN, "desk:propose_grant", "desk:review_grants"),
    _all(NONE, "POST", "desk:end_grant", "desk:decide_grant", "desk:withdraw_grant"),
    _all(NONE, "GET", "desk:grant_proposal"),
]
_STREET: list[Named] = [
    _all(PLAIN, "GET", "mobile:mine", "mobile:report", "mobile:shift", "mobile:track", "mobile:waiting", "mobile:me"),
    _all(PLAIN, "POST", "mobile:position", "mobile:photos", "mobile:shift", "mobile:agree"),
    _both(PLAIN, "mobile:fill"),
    _all(CASE, "GET", "mobile:task"),
    _all(CASE, "POST", "mobile:accept", "mobile:voice"),
    _all(HELD, "POST", "mobile:task", "mobile:arrive", "mobile:release"),
    _all(NONE, "POST", "mobile:points"),
    _all(PLAIN, "GET", "mobile:worker"),
]
_PORTAL: list[Named] = [
    _both(PLAIN, "account:sign_in", "account:register", "portal:fill"),
    _all(
        PLAIN,
        "POST",
        "http:violated",
        "account:sign_out",
        "portal:language",
        "portal:mode",
        "portal:read",
        "portal:asked",
    ),
    _all(PLAIN, "GET", "portal:home", "portal:report", "portal:places", "portal:place", "portal:sent"),
    _all(PLAIN, "GET", "portal:track", "portal:mine", "portal:messages", "portal:city_map", "portal:plan"),
    _all(NONE, "POST", "portal:track"),
    _all(THEIRS, "GET", "portal:progress"),
    _all(THEIRS, "POST", "portal:supplement", "portal:urge", "portal:withdraw", "portal:rate"),
    _all(NONE, "GET", "portal:document"),
    _both(NONE, "portal:start"),
    _all(THEIRS, "GET", "portal:started"),
    _all(PLAIN, "POST", "portal:send_file"),
    _both(NONE, "portal:draft"),
    _all(NONE, "POST", "portal:drop_draft"),
    _all(PLAIN, "GET", "open311:discovery", "open311:services", "open311:requests", "open311:request"),
    _all(PLAIN, "POST", "open311:requests"),
    _all(NONE, "GET", "open311:definition", "open311:token"),
]
_ACCOUNT: list[Named] = [
    _both(PLAIN, "account:recover", "account:device", "account:prove", "account:password", "account:totp"),
    _both(PLAIN, "account:passkeys", "account:recovery_codes", "account:telephone", "account:newcomer"),
    _both(PLAIN, "account:recover_by_telephone", "account:link_telephone", "account:mandates", "account:privacy"),
    _all(PLAIN, "GET", "account:home", "account:security", "account:sessions", "account:looks", "account:ways"),
    _all(PLAIN, "GET", "account:apps", "account:acting", "account:me", "account:firms"),
    _all(PLAIN, "POST", "account:passkey_options", "account:end_others", "account:end_acting"),
    _all(Line(PERSON), "POST", "account:me", "account:me_whole"),
    _all(Line(needs=VERIFIED), "POST", "account:firms"),
    _both(NONE, "account:firm", "account:notice"),
    _all(NONE, "POST", "account:rename_factor", "account:remove_factor", "account:end_session"),
    _all(NONE, "POST", "account:accept_mandate", "account:decline_mandate", "account:revoke_mandate", "account:act"),
    _all(NONE, "POST", "account:end_firm_role", "account:link", "account:unlink", "account:revoke_app"),
    _all(NONE, "POST", "account:withdraw_request", "account:privacy_copy", "account:withdraw_consent"),
    _all(NONE, "GET", "account:outside", "account:outside_back", "account:left", "account:certificate"),
    _both(Line(apart=True), "account:second", "account:renew"),
]
_PROTOCOLS: list[Named] = [
    _both(PLAIN, "account:authorize", "account:log_out"),
    _all(PLAIN, "GET", "account:onward", "identity:about", "identity:keys"),
    _all(PLAIN, "POST", "account:consent", "account:logged_out", "identity:source_logout"),
    _all(Line(apart=True), "GET", "identity:userinfo"),
    _all(Line(apart=True), "POST", "identity:token"),
]
_PERSONS: list[Named] = [
    _both(PLAIN, "desk:persons", "desk:mandates", "desk:help"),
    _all(PLAIN, "POST", "desk:open_person"),
    _all(PLAIN, "GET", "desk:mergings"),
    _both(NONE, "desk:merging"),
    _all(NONE, "GET", "desk:person"),
    _all(NONE, "POST", "desk:verify_person", "desk:show_person", "desk:merge_person", "desk:confirm_firm_role"),
    _all(NONE, "POST", "desk:undo_merging", "desk:revoke_mandate"),
    _all(PLAIN, "GET", "desk:privacy_requests", "desk:privacy_corrections", "desk:privacy_certificates"),
    _both(NONE, "desk:privacy_request", "desk:privacy_correction"),
    _all(PLAIN, "GET", "desk:privacy_retention", "desk:privacy_notices"),
    _all(NONE, "POST", "desk:privacy_retention", "desk:privacy_notices"),
    _both(PLAIN, "desk:privacy_holds", "desk:clients"),
    _all(NONE, "POST", "desk:lift_hold", "desk:withdraw_client"),
    _both(NONE, "desk:studio_trial", "desk:studio_trying"),
    _all(NONE, "POST", "desk:studio_trial_asked"),
]
_CASES = "/v1/cases/{case_id}"
_TASKS = f"{_CASES}/tasks/{{token}}"
_MOVING = "/v1/cases/migrations"
_MACHINE: list[Named] = [
    _all(PLAIN, "GET", "/v1/city/categories", "/v1/city/categories/{code}", "/v1/cases", "/v1/cases/tasks"),
    _all(PLAIN, "POST", "/v1/cases"),
    _all(PLAIN, "POST", "/v1/city/events", "/v1/city/readings", "/v1/city/retractions", "/v1/city/photos"),
    _all(PLAIN, "POST", "/v1/city/batches", "/v1/cases/tasks/bulk", "/v1/cases/signals/{signal}"),
    _all(PLAIN, "POST", "/v1/dispatch/position"),
    _all(CASE, "GET", "/v1/cases/{number}", f"{_CASES}/supplements", f"{_CASES}/links"),
    _all(CASE, "GET", f"{_CASES}/signatures", f"{_CASES}/calls", f"{_CASES}/answers"),
    _all(SHIFT, "POST", f"{_CASES}/asked/{{element}}", f"{_TASKS}/drop"),
    _all(CASE, "POST", f"{_CASES}/asked/{{element}}/urge"),
    _all(CASE, "POST", f"{_TASKS}/claim", f"{_TASKS}/hand-back", f"{_CASES}/calls"),
    _all(CASE, "POST", *(f"{_CASES}/calls/{{token}}/{act}" for act in ("off", "lead", "marks"))),
    _all(CASE, "POST", *(f"{_CASES}/signatures/{{token}}/{act}" for act in ("off", "remind", "reply"))),
    _all(CASE, "POST", f"{_CASES}/supplement/drop", f"{_CASES}/supplement/withdrawn"),
    _all(HELD, "POST", *(f"{_TASKS}/{act}" for act in ("arrive", "complete", "recall", "supplement", "delegate"))),
    _all(SHIFT, "POST", f"{_CASES}/suspend", f"{_CASES}/resume", f"{_CASES}/cancel"),
    _all(SHIFT, "POST", f"{_TASKS}/extend", f"{_TASKS}/urge", f"{_TASKS}/take-over", f"{_TASKS}/signatures"),
    _both(SHIFT, f"{_TASKS}/back", f"{_CASES}/reopen"),
    _all(MERGING, "POST", f"{_CASES}/merge", f"{_CASES}/split", f"{_CASES}/links", f"{_CASES}/links/{{number}}/off"),
    _all(Line("case.message"), "POST", f"{_CASES}/messages"),
    _all(NONE, "POST", f"{_CASES}/supplement", f"{_CASES}/withdraw"),
    _all(Line("case.hand_over"), "POST", "/v1/cases/handovers/{account}"),
    _all(NONE, "GET", "/v1/cases/handovers/{account}"),
    _all(CITY, "GET", "/v1/cases/scenarios/versions"),
    _all(CITY, "POST", f"{_MOVING}/begin"),
    _all(Line(NOBODY, whole=True), "GET", f"{_MOVING}/{{id}}", f"{_MOVING}/{{id}}/cases"),
    _all(
        Line(NOBODY, whole=True), "POST", f"{_MOVING}/{{id}}/cases/{{case_id}}/undo",
        *(f"{_MOVING}/{{id}}/{act}" for act in ("choices", "propose", "stop", "resume", "drop")),
    ),
]  # fmt: skip

LINES: dict[str, Line] = {
    name: line
    for groups in (
        _DESK,
        _DISPATCH,
        _WHOLE,
        _STUDIO,
        _ADMIN,
        _RIGHTS,
        _STREET,
        _PORTAL,
        _ACCOUNT,
        _PROTOCOLS,
        _PERSONS,
        _MACHINE,
    )
    for group in groups
    for name, line in group
}
