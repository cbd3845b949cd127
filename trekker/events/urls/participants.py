"""Participants and attendance of one activity in the back office."""

from django.urls import path

from trekker.events.views import attendance, certificates, checkin, participants, phone
from trekker.kernel.access import Permission, access

app_name = "participants"
leads = access(Permission.EVENTS_LEAD)
listing = participants.ParticipantList.as_view()
results = participants.ParticipantList.as_view(results_only=True)
urlpatterns = [
    path("<int:pk>/deelnemers/", leads(listing), name="list"),
    path("<int:pk>/deelnemers/resultaten/", leads(results), name="list_results"),
    path("<int:pk>/deelnemers/lijst/", participants.print_list, name="print"),
    path("<int:pk>/deelnemers/naamkaartjes/", participants.badges, name="badges"),
    path("<int:pk>/deelnemers/tekenlijst/", participants.sign_in, name="sign_in"),
    path("<int:pk>/deelnemers/maaltijden/", participants.catering, name="catering"),
    path("<int:pk>/deelnemers/noden/", participants.needs, name="needs"),
    path("<int:pk>/aanwezigheid/bestand/", attendance.report, name="report"),
    path("<int:pk>/aanwezigheid/<int:session>/", attendance.show, name="attendance"),
    path("<int:pk>/aanwezigheid/<int:session>/iedereen/", attendance.everyone, name="everyone"),
    path("<int:pk>/aanwezigheid/<int:session>/toevoegen/", attendance.add, name="add"),
    path("<int:pk>/aanwezigheid/<int:session>/volledig/", attendance.settle, name="settle"),
    path("<int:pk>/aanwezigheid/<int:session>/heropenen/", attendance.reopen, name="reopen"),
    path("<int:pk>/onthaal/", checkin.choose, name="door"),
    path("<int:pk>/onthaal/<int:session>/", checkin.show, name="check_in"),
    path("<int:pk>/onthaal/<int:session>/tikken/", checkin.ticks, name="ticks"),
    path("<int:pk>/attesten/", certificates.show, name="certificates"),
    path("<int:pk>/attesten/<int:registration>/", certificates.download, name="certificate"),
    path("<int:pk>/attesten/versturen/", certificates.send, name="send_certificates"),
    path("<int:pk>/inschrijven/", phone.register, name="register"),
    path("<int:pk>/beslis/", phone.decide, name="decide"),
    path("inschrijving/<int:pk>/wijzig/", phone.change, name="change"),
    path("inschrijving/<int:pk>/schrijf-uit/", phone.cancel, name="cancel"),
    path("inschrijving/<int:pk>/vraagstuk/", phone.choose_case, name="choose_case"),
]
