"""Photos that come with a form a visitor sends."""

from typing import Any

from zhongshu.base.http import access, limits
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.channels.portal import forms, held
from zhongshu.channels.portal.forms import Draft
from zhongshu.channels.portal.visitors import counted
from zhongshu.engine.intake.rules.questionnaire import Questionnaire
from zhongshu.registers.documents import actions as documents

PHOTOS = Limit("portal.photo", 60, 3600)


def with_photos(request: access.Request, form: Questionnaire) -> tuple[Draft, dict[str, Any]]:
    """The draft that was sent; new photos are kept at once, so that nothing else that is wrong can lose them."""
    draft, problems = forms.draft(form, request.POST, held.photos(request)), dict[str, Any]()
    for question in (q for q in form.fields if q.kind == "photo"):
        kept = [photo.value for photo in draft.answers[question.name]]
        room = max(0, question.limits.get("maxItems", 1) - len(kept))
        files = [file for file in request.FILES.getlist(question.name) if file.name]
        if len(files) > room:
            problems[question.name] = Invalid("最多 {most} 张照片，多出的没有保留。", most=len(kept) + room)
        for file in files[:room]:
            try:
                limits.take(PHOTOS, counted(request), request.at)
                kept.append(str(documents.keep_photo(file.read(), file.name or "", by=request.by, at=request.at).id))
            except Refusal as problem:
                problems[question.name] = problem
        held.keep_photos(request, [d for d in kept if d not in held.photos(request)])
        draft = draft.with_photos(question.name, kept)
    return draft, problems
