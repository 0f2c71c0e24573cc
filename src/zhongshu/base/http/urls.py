"""The one address the doors have themselves: where browsers report what a page's policy stopped."""

from django.urls import path

from zhongshu.base.http import api

app_name = "http"

urlpatterns = [path("", api.violated, name="violated")]
