"""Our own screens about ideas, under the back office."""

from django.urls import URLPattern

app_name = "ideas"
urlpatterns: list[URLPattern] = []
