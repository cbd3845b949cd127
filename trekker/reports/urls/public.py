"""The results for anyone."""

from django.urls import path

from trekker.reports.views import public

app_name = "published"
urlpatterns = [
    path("resultaten/", public.index, name="index"),
    path("resultaten/<int:year>/", public.show, name="show"),
    path("resultaten/<int:year>/bereik/", public.reach, name="reach"),
    path("resultaten/<int:year>/kaart.svg", public.drawing, name="map"),
    path("resultaten/<int:year>/kader/", public.frame, name="frame"),
    path("resultaten/<int:year>/cijfers.json", public.as_json, name="json"),
    path("resultaten/<int:year>/cijfers.csv", public.as_csv, name="csv"),
]
