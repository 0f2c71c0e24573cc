"""The roles a grant can give, and what each may do.

Duties follow the digital urban management loop (GB/T 30428.1): intake, dispatch, handling and verification are
different seats, and the seat that handles never verifies its own work. Administration is three seats that never meet
in one person (GB/T 22239-2019, 8.1.5): one runs the system, one answers for who may do what, one looks at what both do.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """A seat: its name in both languages and its permissions."""

    code: str
    name: str
    name_en: str
    permissions: frozenset[str]


_READ = {"case.read"}


def _role(code: str, name: str, name_en: str, *permissions: str) -> Role:
    return Role(code, name, name_en, frozenset(permissions))


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _role("acceptor", "受理员", "Intake officer", *_READ, "desk.open", "case.report", "case.reveal", "case.merge"),
        _role(
            "dispatcher", "派遣员", "Dispatcher",
            *_READ, "desk.open", "case.dispatch", "case.report", "case.merge", "duties.read",
        ),
        _role("handler", "处置人员", "Handler", *_READ, "desk.open", "mobile.open"),
        _role("grid_officer", "网格员", "Grid officer", *_READ, "mobile.open", "case.report"),
        _role("verifier", "核查员", "Verifier", *_READ, "desk.open", "mobile.open"),
        _role(
            "supervisor", "值班长", "Duty supervisor",
            *_READ, "desk.open", "case.report", "case.dispatch", "case.reveal", "case.assign", "case.merge",
            "case.hand_over", "case.approve", "case.message", "screen.open", "figures.read", "duties.read",
            "duties.propose", "rosters.manage",
        ),
        _role(
            "leader", "领导", "Leader",
            *_READ, "desk.open", "screen.open", "figures.read", "case.approve", "duties.read", "duties.approve",
            "scenarios.read", "scenarios.approve", "grants.review",
        ),
        _role("integrator", "对接系统", "Connected system", *_READ, "case.report", "case.import", "case.message"),
        _role(
            "counter", "窗口人员", "Counter clerk",
            *_READ, "desk.open", "case.report", "persons.find", "persons.verify", "mandates.record",
        ),
        _role("helper", "帮办员", "Helper", "mandates.help"),
        _role(
            "author", "场景编写员", "Scenario author",
            "desk.open", "scenarios.read", "scenarios.edit", "scenarios.propose",
        ),
        _role(
            "administrator", "系统管理员", "System administrator",
            "admin.open", "keys.manage", "places.manage", "case.hand_over", "scenarios.read", "scenarios.propose",
            "scenarios.edit", "bodies.manage", "staff.manage", "grants.propose", "persons.merge",
        ),
        _role(
            "security_administrator", "安全管理员", "Security administrator",
            "admin.open", "grants.approve", "grants.review", "sessions.manage", "rights.explain",
        ),
        _role("auditor", "审计管理员", "Audit administrator", "admin.open", "audit.read", "rights.explain"),
        _role(
            "privacy_officer", "个人信息保护负责人", "Privacy officer",
            "desk.open", "privacy.handle", "privacy.notices",
        ),
    )
}  # fmt: skip


def offers(role: str) -> Role:
    """The role with this code; KeyError when there is none."""
    return ROLES[role]
