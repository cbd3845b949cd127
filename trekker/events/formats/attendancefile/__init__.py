"""
Attendance reports of online meetings, made into one plain table with a row for each person.

Runs in the process that reads files from outside, so it needs no Django. Titles and headings are
translated with the program, so what a column holds follows from its cells, and the headings only help.
Knows Microsoft Teams (2020, 2021, since 2022, live events) and Zoom (short, with times, webinar).
``tables`` finds the tables of a report, ``records`` reads them, ``shaping`` makes our table of it.
"""

from trekker.events.formats.attendancefile.records import bare_name, is_leading, is_phone
from trekker.events.formats.attendancefile.shaping import UNSAID, said, shape, spans_of

__all__ = [
    "UNSAID",
    "bare_name",
    "is_leading",
    "is_phone",
    "said",
    "shape",
    "spans_of",
]
