"""The year calendar and calendars of others in the back office."""

from django.urls import path

from trekker.events.views import calendar

app_name = "calendar"
urlpatterns = [
    path("", calendar.year, name="year"),
    path("eigen/", calendar.renew_key, name="renew_key"),
    path("eigen/stop/", calendar.end_key, name="end_key"),
    path("anderen/", calendar.others, name="others"),
    path("anderen/nieuw/", calendar.add, name="add"),
    path("anderen/<int:pk>/", calendar.edit, name="edit"),
    path("anderen/<int:pk>/haal-op/", calendar.refresh, name="refresh"),
    path("anderen/<int:pk>/verwijder/", calendar.remove, name="remove"),
]
