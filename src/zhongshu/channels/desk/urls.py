"""The addresses of the desk, by workplace."""

from zhongshu.channels.desk.admin import urls as admin
from zhongshu.channels.desk.away import urls as away
from zhongshu.channels.desk.bulk import urls as bulk
from zhongshu.channels.desk.cases import urls as cases
from zhongshu.channels.desk.dispatch import urls as dispatch
from zhongshu.channels.desk.duties import urls as duties
from zhongshu.channels.desk.figures import urls as figures
from zhongshu.channels.desk.handovers import urls as handovers
from zhongshu.channels.desk.imports import urls as imports
from zhongshu.channels.desk.inbox import urls as inbox
from zhongshu.channels.desk.mandates import urls as mandates
from zhongshu.channels.desk.persons import urls as persons
from zhongshu.channels.desk.places import urls as places
from zhongshu.channels.desk.privacy import urls as privacy
from zhongshu.channels.desk.report import urls as report
from zhongshu.channels.desk.rights import urls as rights
from zhongshu.channels.desk.start import urls as start
from zhongshu.channels.desk.studio import urls as studio
from zhongshu.channels.desk.versions import urls as versions

app_name = "desk"
urlpatterns = [
    *inbox.urlpatterns, *bulk.urlpatterns, *cases.urlpatterns, *dispatch.urlpatterns, *report.urlpatterns,
    *imports.urlpatterns, *duties.urlpatterns, *figures.urlpatterns, *places.urlpatterns, *admin.urlpatterns,
    *away.urlpatterns, *handovers.urlpatterns, *versions.urlpatterns, *rights.urlpatterns,
    *persons.urlpatterns, *mandates.urlpatterns, *privacy.urlpatterns, *start.urlpatterns, *studio.urlpatterns,
]  # fmt: skip
