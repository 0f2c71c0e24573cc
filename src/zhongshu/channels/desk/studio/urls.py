from django.urls import path

from zhongshu.channels.desk.studio.views import (, decisions, drafts, history, letters, overview, publishing, settings
    drafts,
    drawing,
    history,
    overview,
    process,
    publishing,
    settings,
    tasks,
    trial,
    trying,
)
from zhongshu.channels.desk.studio.views.forms import editing, listed, preview, question, section

urlpatterns = [
    path("studio/", drafts.drafts, name="studio"),
    path("studio/new/", drafts.new, name="studio_new"),
    path("studio/import/", drafts.bring, name="studio_import"),
    path("studio/<uuid:draft>/", overview.overview, name="studio_draft"),
    path("studio/<uuid:draft>/export/", drafts.export, name="studio_export"),
    path("studio/<uuid:draft>/settings/", settings.settings, name="studio_settings"),
    path("studio/<uuid:draft>/tasks/", tasks.tasks, name="studio_tasks"),
    path("studio/<uuid:draft>/process/", process.process, name="studio_process"),
    path("studio/<uuid:draft>/drawing/", drawing.drawing, name="studio_drawing"),
    path("studio/<uuid:draft>/forms/", listed.listed, name="studio_forms"),
    path("studio/<uuid:draft>/forms/edit/", editing.editing, name="studio_forms_edit"),
    path("studio/<uuid:draft>/forms/question/", question.question, name="studio_forms_question"),
    path("studio/<uuid:draft>/forms/section/", section.section, name="studio_forms_section"),
    path("studio/<uuid:draft>/forms/preview/", preview.preview, name="studio_forms_preview"),
    path("studio/<uuid:draft>/forms/asked/", preview.asked, name="studio_asked"),
    path("studio/<uuid:draft>/trial/", trial.trial, name="studio_trial"),
    path("studio/<uuid:draft>/trial/asked/<str:element>/", trial.asked, name="studio_trial_asked"),
    path("studio/<uuid:draft>/trial/<uuid:trial>/", trying.trying, name="studio_trying"),
    path("studio/<uuid:draft>/decisions/", decisions.decisions, name="studio_decisions"),
    path("studio/<uuid:draft>/decisions/<str:decision>/", decisions.decision, name="studio_decision"),
    path("studio/<uuid:draft>/letters/", letters.letters, name="studio_letters"),
    path("studio/<uuid:draft>/letters/<str:letter>/", letters.letter, name="studio_letter"),
    path("studio/<uuid:draft>/letters/<str:letter>/preview/", letters.preview, name="studio_letter_preview"),
    path("studio/<uuid:draft>/history/", history.history, name="studio_history"),
    path("studio/<uuid:draft>/compare/", history.compare, name="studio_compare"),
    path("studio/<uuid:draft>/publish/", publishing.publishing, name="studio_publish"),
]
