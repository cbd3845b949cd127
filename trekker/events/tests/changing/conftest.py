"""Everything that listeners heard."""

import pytest


@pytest.fixture
def heard(monkeypatch):
    """Everything that listeners heard, as (change, event, what)."""
    from trekker.events import registry

    found = []
    for change_ in registry.Change:

        def listen(event, *, what, change_=change_, **_by_and_now):
            found.append((change_, event, dict(what)))

        monkeypatch.setitem(registry.LISTENERS, change_, [listen])
    return found
