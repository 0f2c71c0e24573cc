"""Addresses of the pages for officers in the street."""

from django.urls import path

from zhongshu.channels.mobile.views import photos, report, shift, street, task, track, worklist

app_name = "mobile"

_TASK = "cases/<str:number>/tasks/<int:token>/"

urlpatterns = [
    path("", worklist.mine, name="mine"),
    path("position/", worklist.position, name="position"),
    path(_TASK, task.task, name="task"),
    path(f"{_TASK}accept/", task.accept, name="accept"),
    path(f"{_TASK}arrive/", task.arrive, name="arrive"),
    path(f"{_TASK}release/", task.release, name="release"),
    path(f"{_TASK}voice/", task.voice, name="voice"),
    path("photos/", photos.send, name="photos"),
    path("report/", report.choose, name="report"),
    path("report/<str:category>/", report.fill, name="fill"),
    path("shift/", shift.shift, name="shift"),
    path("shift/track/", track.agree, name="agree"),
    path("shift/<int:shift>/points/", track.points, name="points"),
    path("track/", track.track, name="track"),
    path("waiting/", street.waiting, name="waiting"),
    path("me/", street.me, name="me"),
    path("worker.js", street.worker, name="worker"),
]
