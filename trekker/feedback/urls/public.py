"""Answering on the public site."""

from django.urls import path

from trekker.feedback.views import public

app_name = "feedback"
urlpatterns = [
    path("antwoord/<str:token>/", public.personal, name="personal"),
    path("vragen/<str:key>/", public.open_to_all, name="open"),
    path("vragen/<str:token>/bedankt/", public.receipt, name="receipt"),
    path("vragen/<str:token>/intrekken/", public.take_back, name="take_back"),
    path("wat-kwam-ervan/<str:token>/", public.follow_up, name="follow_up"),
]
