"""Plans that are read from a text and stored, for tests."""

from trekker.kernel.measures import catalogue
from trekker.plan import actions
from trekker.plan.actions.nodes import nodes_with_lines
from trekker.plan.reader import read
from trekker.plan.tests.factories import NOW, TEXT


def store(text=TEXT, **changes):
    fields = {"title": "Digitale inclusie", "owner": "VVSG", "year": 2026, "file_name": "plan.txt"}
    proposal = read(text.splitlines(), measures=catalogue, owner="VVSG", year=2026)
    return actions.store_proposal(proposal=proposal, by=None, now=NOW, **{**fields, **changes})


def owned_lines(version):
    return sorted(line for node in nodes_with_lines(version) for line in node.source_lines)
