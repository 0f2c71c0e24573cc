"""Who may sign in to the demo."""

PASSWORD = "yunting-demo-2026"

_SHOWN = (
    ("resident", "市民（也是企业法定代表人）", "resident, who represents a firm"),
    ("agent", "企业经办人", "agent of that firm"),
    ("mother", "市民（由上面的市民代办）", "resident whom the one above acts for"),
    ("newcomer", "未实名市民", "resident whom nobody has verified"),
    ("acceptor", "受理员", "intake officer"),
    ("supervisor", "值班长", "duty supervisor"),
    ("dispatcher", "派遣员", "dispatcher"),
    ("officer061", "处置人员", "handler"),
    ("verifier001", "核查员", "verifier"),
    ("leader", "领导（大屏）", "leader (wall screen)"),
    ("administrator", "系统管理员", "system administrator"),
    ("security", "安全管理员", "security administrator"),
    ("auditor", "审计管理员", "audit administrator"),
    ("privacy", "个人信息保护负责人（另有 privacy2）", "privacy officer (and privacy2)"),
    ("counter", "窗口人员", "counter clerk"),
    ("helper", "帮办员", "helper"),
    ("author", "场景编写员（政务服务和数据管理局）", "scenario author"),
)


def accounts() -> list[str]:
    """Lines that tell the demo accounts."""
    rows = [f"  {login:<14} {name} / {english}" for login, name, english in _SHOWN]
    alone = (
        "  演示环境只需密码；正式环境的工作人员还需第二个验证方式（ZHONGSHU_SECOND_FACTOR=required）"
        " / a password is enough here; officials of a real platform need a second factor"
    )
    return [f"演示账号，密码均为 {PASSWORD} / demo accounts, all with this password:", *rows, alone]
