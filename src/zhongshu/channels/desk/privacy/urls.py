from django.urls import path

from zhongshu.channels.desk.privacy import views

urlpatterns = [
    path("privacy/", views.requests, name="privacy_requests"),
    path("privacy/requests/<uuid:asked>/", views.one, name="privacy_request"),
    path("privacy/corrections/", views.corrections, name="privacy_corrections"),
    path("privacy/corrections/<uuid:asked>/", views.correction, name="privacy_correction"),
    path("privacy/retention/", views.retention, name="privacy_retention"),
    path("privacy/holds/", views.holds, name="privacy_holds"),
    path("privacy/holds/<uuid:hold>/lift/", views.lift, name="lift_hold"),
    path("privacy/notices/", views.notices, name="privacy_notices"),
    path("privacy/certificates/", views.certificates, name="privacy_certificates"),
]
