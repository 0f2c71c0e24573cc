"""Every address of the platform."""

from django.urls import include, path

from zhongshu.main.api import api

urlpatterns = [
    path("api/open311/v2/", include("zhongshu.affairs.city.open311.urls")),
    path("api/", api.urls),
    path("csp/", include("zhongshu.base.http.urls")),
    path("desk/", include("zhongshu.channels.desk.urls")),
    path("mobile/", include("zhongshu.channels.mobile.urls")),
    path("screen/", include("zhongshu.channels.screen.urls")),
    path("", include("zhongshu.registers.identity.urls")),
    path("", include("zhongshu.channels.account.urls")),
    path("", include("zhongshu.channels.portal.urls")),
]
