"""The addresses of the plan; all under the back office."""

from django.urls import path

from trekker.plan.views import (
    dashboard,
    forecasts,
    leads,
    lines,
    meetings,
    nodes,
    progress,
    revisions,
    trials,
    versions,
)

app_name = "plan"
urlpatterns = [
    path("meetlijn/<int:pk>/rijen/", dashboard.rows, name="rows"),
    path("meetlijn/<int:pk>/voorspelling/", forecasts.explain, name="forecast"),
    path("voorspellingen/", forecasts.index, name="forecasts"),
    path("meetlijn/<int:pk>/", lines.edit, name="line"),
    path("meetlijn/<int:pk>/verwijderen/", lines.remove, name="remove_line"),
    path("indicator/<int:pk>/", nodes.indicator, name="indicator"),
    path("indicator/<int:pk>/meetlijn/", lines.add, name="add_line"),
    path("doelstelling/<int:pk>/", nodes.goal, name="goal"),
    path("actie/<int:pk>/", nodes.action, name="action"),
    path("moment/<int:pk>/", nodes.moment, name="moment"),
    path("<str:kind>/<int:pk>/verwijderen/", nodes.remove, name="remove"),
    path("opmerking/<int:pk>/bekeken/", nodes.settle, name="settle"),
    path("voortgang/", progress.index, name="progress"),
    path("actie/<int:pk>/voortgang/", progress.show, name="action_progress"),
    path("actie/<int:pk>/voortgang/noteren/", progress.note, name="note_progress"),
    path("actie/<int:pk>/voortgang/planning/", progress.plan, name="plan_action"),
    path("actie/<int:pk>/voortgang/<int:note>/verbeteren/", progress.correct, name="correct_note"),
    path("wie-werkt-voor-wie/", leads.index, name="leads"),
    path("wie-werkt-voor-wie/<int:pk>/", leads.edit, name="works_for"),
    path("<str:kind>/<int:pk>/herkomst/", revisions.origins, name="origins"),
    path("versies/<int:pk>/wat-als/", trials.index, name="trials"),
    path("versies/<int:pk>/volgend-jaar/", trials.next_year, name="next_year"),
    path("versies/wat-als/<int:pk>/", trials.show, name="trial"),
    path("versies/wat-als/<int:pk>/wijzigen/", trials.change, name="change_trial"),
    path("versies/wat-als/<int:pk>/concept/", trials.promote, name="promote"),
    path("versies/vergelijken/", revisions.compare, name="compare"),
    path("versies/", versions.index, name="versions"),
    path("inlezen/", versions.upload, name="upload"),
    path("nieuw/", versions.start, name="start"),
    path("versies/<int:pk>/", versions.show, name="version"),
    path("versies/<int:pk>/vaststellen/", versions.adopt, name="adopt"),
    path("versies/<int:pk>/nieuw/", versions.copy, name="copy"),
    path("versies/<int:pk>/weggooien/", versions.discard, name="discard"),
    path("versies/<int:pk>/doelstelling/", nodes.add_goal, name="add_goal"),
    path("versies/<int:pk>/indicator/", nodes.add_indicator, name="add_indicator"),
    path("versies/<int:pk>/aanduiden/", nodes.mark, name="mark"),
]

# Under an address of their own, with the name ``meetings``.
meeting_patterns = [
    path("", meetings.index, name="index"),
    path("nieuw/", meetings.add, name="add"),
    path("<int:pk>/", meetings.show, name="meeting"),
    path("<int:pk>/verbeteren/", meetings.change, name="change"),
    path("<int:pk>/verslag/<uuid:thread>/", meetings.write, name="write"),
    path("<int:pk>/afspraak/<uuid:thread>/", meetings.agree, name="agree"),
    path("<int:pk>/sluiten/", meetings.close, name="close"),
    path("<int:pk>/heropenen/", meetings.reopen, name="reopen"),
    path("afspraken/<int:pk>/", meetings.correct, name="correct"),
    path("afspraken/<int:pk>/gedaan/", meetings.settle, name="settle"),
    path("afspraken/<int:pk>/weer-open/", meetings.unsettle, name="unsettle"),
]
