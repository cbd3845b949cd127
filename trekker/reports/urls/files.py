"""Reports as files, from the back office."""

from django.urls import path

from trekker.reports.views import files

app_name = "report_files"
urlpatterns = [
    path("", files.index, name="index"),
    path("van-rapport/<int:pk>/", files.of_report, name="of_report"),
    path("van-rapport/<int:pk>/vaststelling/<int:number>/", files.of_snapshot, name="of_snapshot"),
    path("<int:pk>/", files.show, name="show"),
    path("<int:pk>/bestand/", files.take, name="take"),
]
