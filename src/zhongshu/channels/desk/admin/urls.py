from django.urls import path

from zhongshu.channels.desk.admin.views import audit, bodies, clients, devices, home, imports, keys, sessions, staff

urlpatterns = [
    path("admin/", home.home, name="admin"),
    path("admin/bodies/", bodies.tree, name="admin_bodies"),
    path("admin/bodies/<int:body>/", bodies.one, name="admin_body"),
    path("admin/staff/", staff.found, name="admin_staff"),
    path("admin/staff/new/", staff.new, name="admin_new_staff"),
    path("admin/staff/<uuid:account>/", staff.one, name="admin_account"),
    path("admin/keys/", keys.keys, name="keys"),
    path("admin/keys/<uuid:key>/revoke/", keys.revoke, name="revoke_key"),
    path("admin/keys/<uuid:key>/rotate/", keys.rotate, name="rotate_key"),
    path("admin/devices/<uuid:account>/", devices.devices, name="devices"),
    path("admin/devices/<uuid:account>/review/", devices.review, name="review_device"),
    path("admin/devices/<uuid:account>/bind/", devices.bind, name="bind_device"),
    path("admin/devices/<uuid:account>/bound/<uuid:bound>/revoke/", devices.unbind, name="unbind_device"),
    path("admin/clients/", clients.clients, name="clients"),
    path("admin/clients/<slug:client>/withdraw/", clients.withdraw, name="withdraw_client"),
    path("admin/sessions/", sessions.sessions, name="admin_sessions"),
    path("admin/sessions/<uuid:account>/end/", sessions.end, name="admin_end_sessions"),
    path("admin/import/", imports.take_in, name="admin_import"),
    path("admin/import/<uuid:wanted>/", imports.one, name="admin_imported"),
    path("admin/import/<uuid:wanted>/result.csv", imports.result, name="admin_import_result"),
    path("admin/import/example/<str:kind>.csv", imports.example, name="admin_import_example"),
    path("admin/audit/", audit.search, name="audit"),
    path("admin/audit/export.csv", audit.export, name="audit_export"),
]
