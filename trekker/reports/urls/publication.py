"""The results on the website, from the back office."""

from django.urls import path

from trekker.reports.views import publication

app_name = "publication"
urlpatterns = [
    path("", publication.index, name="index"),
    path("<int:year>/", publication.edit, name="edit"),
    path("<int:year>/voorbeeld/", publication.preview, name="preview"),
    path("<int:year>/weg/", publication.take_off, name="take_off"),
]
