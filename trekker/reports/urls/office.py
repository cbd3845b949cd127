"""Reports in the back office: writing, checking, fixing, comparing."""

from django.urls import path

from trekker.reports.views import fixing, narratives, reports

app_name = "reports"
urlpatterns = [
    path("", reports.index, name="index"),
    path("nieuw/", reports.start, name="start"),
    path("<int:pk>/", reports.show, name="show"),
    path("<int:pk>/verhaal/", narratives.write, name="write"),
    path("<int:pk>/stap/", reports.move, name="move"),
    path("<int:pk>/vaststellen/", fixing.fix, name="fix"),
    path("<int:pk>/herzien/", fixing.restate, name="restate"),
    path("<int:pk>/vaststelling/<int:number>/", fixing.snapshot, name="snapshot"),
    path("<int:pk>/vaststelling/<int:number>/lijn/<int:key>/", fixing.rows, name="since"),
]
