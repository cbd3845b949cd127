"""Our own screens about memberships, under the back office."""

from django.urls import path

from trekker.network import views

app_name = "network"
urlpatterns = [
    path("personen/<int:pk>/lidmaatschappen/nieuw/", views.start, name="start"),
    path("lidmaatschappen/<int:pk>/einde/", views.end, name="end"),
    path("lidmaatschappen/<int:pk>/", views.correct, name="correct"),
]
