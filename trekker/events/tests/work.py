"""What a request asks of the database, to compare the work for one with that for another."""

import re
from collections.abc import Iterable

# Undoing takes a statement more than keeping, and it costs next to nothing.
SAVEPOINT = re.compile(r"(?:RELEASE |ROLLBACK TO )?SAVEPOINT")
VERB = re.compile(r"INSERT INTO|DELETE FROM|\w+")
TABLE = re.compile(r'(?:FROM|INTO|UPDATE|JOIN) "(\w+)"')


def work_in(asked: Iterable[dict[str, str]]) -> list[str]:
    """Give what each statement does and to which tables, in order."""
    statements = [query["sql"] for query in asked if not SAVEPOINT.match(query["sql"])]
    return [" ".join([VERB.match(each)[0], *TABLE.findall(each)]) for each in statements]
