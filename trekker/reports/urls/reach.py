"""The map of the reach."""

from django.urls import path

from trekker.reports.views import reach

app_name = "reach"
urlpatterns = [
    path("", reach.show, name="show"),
    path("soorten/", reach.kinds, name="kinds"),
    path("uitnodigen/", reach.invite, name="invite"),
]
