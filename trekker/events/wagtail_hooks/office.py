"""Activities and courses in the back office: the menu and the lists."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from trekker.events.forms import municipality
from trekker.events.forms.course import COURSE_PANELS
from trekker.events.models import Course, Event
from trekker.events.views import course, office
from trekker.kernel.access import ModelAccess, Permission

P = Permission
OWN_SCREENS = {"add", "edit", "delete"}


class EventViewSet(ModelAccess, ModelViewSet):
    """All events; adding and changing have screens of our own."""

    model = Event
    view_permission = P.EVENTS_VIEW
    change_permission = P.EVENTS_LEAD
    name = "event"
    url_prefix = "activiteiten"
    icon = "calendar-alt"
    menu_label = "Alle activiteiten"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    index_view_class = office.EventList
    inspect_view_class = office.EventPage
    form_fields = ()

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Lead to our own screens to add and change."""
        own = {"add_url_name": "events:new", "edit_url_name": "events:edit", "delete_url_name": None}
        return super().get_common_view_kwargs(**own, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Leave out what our own screens do."""
        return [each for each in super().get_urlpatterns() if each.name not in OWN_SCREENS]


class CourseViewSet(ModelAccess, ModelViewSet):
    """The courses, whoever offers them."""

    model = Course
    view_permission = P.EVENTS_VIEW
    change_permission = P.EVENTS_CHANGE
    name = "course"
    url_prefix = "opleidingen"
    icon = "form"
    menu_label = "Opleidingen"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    ordering = "title"
    index_view_class = course.CourseList
    inspect_view_class = course.CoursePage
    add_view_class = course.AddCourse
    edit_view_class = course.EditCourse
    edit_handler = COURSE_PANELS


class Activities(ViewSetGroup):
    """The menu of everything with a date."""

    items = (EventViewSet, CourseViewSet)
    menu_label = "Activiteiten"
    menu_icon = "calendar-alt"
    menu_order = 22


@hooks.register("register_admin_viewset")
def register_activities() -> list[Any]:
    """Put events and courses in the back office."""
    return [Activities(), municipality.chooser]
