"""The signals of the week."""

from django.urls import path

from trekker.reports.views import signals

app_name = "signals"
urlpatterns = [
    path("", signals.show, name="show"),
    path("mail/", signals.as_mail, name="mail"),
]
