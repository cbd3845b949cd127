"""Our own screens about mails, under the back office."""

from django.urls import URLPattern

app_name = "mail"
urlpatterns: list[URLPattern] = []
