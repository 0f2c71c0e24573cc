from django.urls import path

from zhongshu.channels.desk.duties.views import change, proposals, rosters, table, tracks

urlpatterns = [
    path("duties/", table.duties, name="duties"),
    path("duties/<int:row>/", table.duty, name="duty"),
    path("duties/change/", change.change, name="change_duties"),
    path("duties/proposals/", proposals.waiting, name="duty_proposals"),
    path("duties/proposals/<uuid:proposal>/", proposals.one, name="duty_proposal"),
    path("duties/versions/", table.versions, name="duty_versions"),
    path("duties/rosters/", rosters.rosters, name="rosters"),
    path("duties/rosters/tracks/<int:shift>/", tracks.track, name="track"),
]
