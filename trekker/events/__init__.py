"""Everything with a date: meetings, intervisions, trainings, focus groups; who registered, who came."""
