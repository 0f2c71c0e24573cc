"""Who is acted for, and on what consent, as typed at a counter or by a helper."""

from datetime import datetime
from uuid import UUID

from zhongshu.base.http import access, reading
from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.documents import actions as documents
from zhongshu.registers.people.actions import mandates as people
from zhongshu.registers.people.models import Firm, Person
from zhongshu.registers.people.queries import mandates
from zhongshu.registers.people.rules.mandates import Consent


def person(request: access.Request) -> Person | None:
    """The person whose page it is, if it is one's."""
    text = request.POST.get("person", "") or request.GET.get("person", "")
    try:
        found = Person.objects.filter(pk=UUID(text), merged_into=None, destroyed=None).first()
    except ValueError:
        found = None
    return found


def principal(request: access.Request) -> Person | Firm:
    """Who is acted for: the person of the page, the holder of an account, or somebody new who has none."""
    if known := person(request):
        return known
    name, login = reading.text(request.POST, "principal"), reading.text(request.POST, "principal_login")
    if not login.strip():
        return people.open_principal(name, reading.text(request.POST, "principal_phone"), by=request.by, at=request.at)
    account = mandates.agent(login, name)
    found = account and (account.firm or account.person)
    if not found:
        raise Invalid("没有找到登录名和姓名都相符的账号，请向本人核对。", field="principal_login")
    return found


def consent(request: access.Request, how: str, at: datetime) -> Consent:
    """How the principal agreed, with the picture of what shows it."""
    file = request.FILES.get("evidence")
    kept = documents.keep_photo(file.read(), file.name or "", by=request.by, at=at) if file else None
    words = reading.text(request.POST, "words")
    return Consent(how, words, str(kept.pk) if kept else None)  # type: ignore[arg-type]
