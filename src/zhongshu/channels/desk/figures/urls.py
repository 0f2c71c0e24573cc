from django.urls import path

from zhongshu.channels.desk.figures.views import cases, exports, reports, table

urlpatterns = [
    path("figures/", table.figures, name="figures"),
    path("figures/export/", exports.export, name="export_figures"),
    path("figures/cases/", cases.cases, name="figure_cases"),
    path("figures/reports/", reports.latest, name="reports"),
    path("figures/reports/<slug:month>/", reports.report, name="month_report"),
    path("figures/reports/<slug:month>.pdf", reports.pdf, name="month_pdf"),
]
