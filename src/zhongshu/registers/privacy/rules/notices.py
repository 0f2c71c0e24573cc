"""The notices people are shown, and which of them need a consent. Pure.

Consent is asked only where it is the ground (Personal Information Protection Law, art. 13(1)); what the law tells a
body to do rests on that (art. 13(3)) and needs a notice alone (art. 17, 35). Identity numbers and faces are sensitive:
agreed to apart (art. 29). Under fourteen a guardian agrees (art. 31).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a notice is about, whether it needs consent, and its first version."""

    code: str
    name: str
    name_en: str
    consent: bool
    text: str
    text_en: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a notice as it is in force."""

    code: str
    version: int
    text: str
    text_en: str


REGISTRATION, REPORT, SENSITIVE = "registration", "report", "sensitive"

_REGISTRATION = (
    "本平台由市人民政府运行。注册账号时收集登录名、姓名和手机号，用于登录、告知办理进展和找回账号；账号注销后删除。\n"
    "您可以随时在“我的账号—个人信息”里查看、下载、更正、删除这些信息，或撤回同意。撤回不影响此前的处理。\n"
    "未满十四周岁的，须由父母或其他监护人阅读并同意后代为注册。"
)
_REGISTRATION_EN = (
    "This platform is run by the municipal government. Your login, name and phone number are kept so that you can sign "
    "in, hear how your matters go and recover your account; they are deleted when the account is closed.\n"
    "Under “My account – Personal data” you can see, download, correct and delete them, or withdraw this consent, at "
    "any time. Withdrawing does not touch what was done before.\n"
    "For a child under fourteen a parent or guardian has to read this, agree and register."
)
_REPORT = (
    "您填写的内容、照片、位置和联系方式由承办单位依法办理您的诉求时使用，不向社会公开。"
    "联系方式在办结三年后清除，照片在办结一年后销毁。不留姓名和电话也可以上报。"
)
_REPORT_EN = (
    "What you write, your photos, the place and how to reach you are used by the body in charge to handle your matter "
    "as the law tells it to; they are not published. How to reach you is erased three years after closing, photos are "
    "destroyed after one year. You can report without name or phone number."
)
_SENSITIVE = (
    "身份证件号码和人脸是敏感个人信息。仅在核验您本人身份时使用：证件号码加密保存，页面上只显示首尾几位；"
    "人脸只用于当次比对，不保存。不同意不影响您上报问题，但需要实名的事项不能办理。"
)
_SENSITIVE_EN = (
    "An identity number and a face are sensitive personal data. They are used only to make sure that it is you: the "
    "number is kept encrypted and pages show its first and last digits alone; a face is compared once and not kept. "
    "Without your consent you can still report, but matters that need a checked identity cannot be handled."
)

PURPOSES: dict[str, Purpose] = {
    purpose.code: purpose
    for purpose in (
        Purpose(REGISTRATION, "注册账号", "Registering an account", True, _REGISTRATION, _REGISTRATION_EN),
        Purpose(REPORT, "上报问题", "Reporting a matter", False, _REPORT, _REPORT_EN),
        Purpose(
            SENSITIVE, "身份证件号码和人脸", "Identity number and face", True, _SENSITIVE, _SENSITIVE_EN
        ),
    )
}  # fmt: skip


def first(code: str) -> Edition:
    """The version the platform comes with; KeyError when there is no such notice."""
    purpose = PURPOSES[code]
    return Edition(code, 1, purpose.text, purpose.text_en)
