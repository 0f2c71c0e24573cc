"""Addresses of residents' pages, and of what pages of every channel share: documents, maps, preferences."""

from django.urls import path

from zhongshu.channels.portal.views import (
    applicant,
    documents,
    drafts,
    home,
    messages,
    photos,
    places,
    preferences,
    report,
    shared,
    starting,
    track,
)

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("report/", report.choose, name="report"),
    path("report/places/", places.found, name="places"),
    path("report/place/", places.named, name="place"),
    path("report/sent/<uuid:case_id>/", report.sent, name="sent"),
    path("report/<str:category>/", report.fill, name="fill"),
    path("start/sent/<uuid:case_id>/", starting.started, name="started"),
    path("start/<str:scenario>/", starting.start, name="start"),
    path("track/", track.track, name="track"),
    path("track/<uuid:case_id>/", track.progress, name="progress"),
    path("track/<uuid:case_id>/supplement/", applicant.supplement, name="supplement"),
    path("track/<uuid:case_id>/urge/", applicant.urge, name="urge"),
    path("track/<uuid:case_id>/withdraw/", applicant.withdraw, name="withdraw"),
    path("track/<uuid:case_id>/rate/", track.rate, name="rate"),
    path("mine/", track.mine, name="mine"),
    path("drafts/<uuid:draft>/", drafts.draft, name="draft"),
    path("drafts/<uuid:draft>/drop/", drafts.drop, name="drop_draft"),
    path("messages/", messages.inbox, name="messages"),
    path("messages/read/", messages.read, name="read"),
    path("language/", preferences.language, name="language"),
    path("mode/", preferences.mode, name="mode"),
    path("documents/", photos.send, name="send_file"),
    path("documents/<uuid:document>/<str:size>/", documents.document, name="document"),
    path("map/city.geojson", shared.city_map, name="city_map"),
    path("plan/<str:scenario>/<int:version>/<str:element>/", shared.plan, name="plan"),
    path("asked/<str:scenario>/<int:version>/<str:element>/", shared.asked, name="asked"),
]
