"""Our own screens about ideas, under the back office."""

from django.urls import path

from trekker.ideas import views

app_name = "ideas"
urlpatterns = [
    path("afwegen/", views.compare, name="compare"),
    path("<int:pk>/wegen/", views.weigh, name="weigh"),
    path("<int:pk>/beslissen/", views.decide, name="decide"),
    path("<int:pk>/heropenen/", views.reopen, name="reopen"),
    path("<int:pk>/uitgevoerd/", views.done, name="done"),
    path("<int:pk>/bevragen/", views.consult, name="consult"),
    path("bevragingen/<int:pk>/", views.correct_consultation, name="correct_consultation"),
    path("bevragingen/<int:pk>/verwijderen/", views.remove_consultation, name="remove_consultation"),
]
