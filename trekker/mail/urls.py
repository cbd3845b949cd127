"""Our own screens about mails, under the back office."""

from django.urls import path

from trekker.mail.views import addresses, outbox

app_name = "mail"
urlpatterns = [
    path("uit/<int:pk>/opnieuw/", outbox.send_again, name="send_again"),
    path("uit/<int:pk>/aangekomen/", outbox.arrived, name="arrived"),
    path("uit/<int:pk>/intrekken/", outbox.take_back, name="take_back"),
    path("adressen/<int:pk>/toelaten/", addresses.lift, name="lift"),
]
