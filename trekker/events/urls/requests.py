"""Requests for a session, and ideas that become events, in the back office."""

from django.urls import path

from trekker.events.views import ideas, requests

app_name = "requests"
urlpatterns = [
    path("<int:pk>/wegen/", requests.weigh, name="weigh"),
    path("<int:pk>/beslissen/", requests.decide, name="decide"),
    path("<int:pk>/heropenen/", requests.reopen, name="reopen"),
    path("idee/<int:pk>/opleiding/", ideas.make_course, name="make_course"),
    path("idee/<int:pk>/activiteit/", ideas.make_event, name="make_event"),
]
