"""Who may sign in to the demo."""

PASSWORD = "yunting-demo-2026"

_SHOWN = (
    ("resident", "市民", "resident"),
    ("acceptor", "受理员", "intake officer"),
    ("supervisor", "值班长", "duty supervisor"),
    ("dispatcher", "派遣员", "dispatcher"),
    ("officer061", "处置人员", "handler"),
    ("verifier001", "核查员", "verifier"),
    ("leader", "领导（大屏）", "leader (wall screen)"),
    ("administrator", "管理员", "administrator"),
)


def accounts() -> list[str]:
    """Lines that tell the demo accounts."""
    rows = [f"  {login:<14} {name} / {english}" for login, name, english in _SHOWN]
    return [f"演示账号，密码均为 {PASSWORD} / demo accounts, all with this password:", *rows]
