"""Commands that decide, on a ledger that several workers share: one at a time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.adapters.ledger import SqlLedger, open_ledger
from pipeline.demo.post_bag import BEFORE_CLOSING
from tests.line.house import House
from tests.servers.postgres import PostgreSQL, postgresql  # noqa: F401  a fixture

WRITER = "h.carpentier@ville-saint-laurent-blangy.example"


@pytest.fixture
def other(house: House, postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlLedger]:  # noqa: F811
    """Another worker on the ledger of the house; who finds the desk taken waits a fifth of a second."""
    settings = "SET timezone = 'UTC'; SET lock_timeout = '200ms'"
    monkeypatch.setattr("pipeline.adapters.ledger.opening.POSTGRESQL_SETTINGS", settings)
    url = postgresql.url(postgresql.new_database())
    house.config.write_text(f'{house.config.read_text("utf-8")}[ledger]\nurl = "{url}"\n', "utf-8")
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.once().returncode == 0
    ledger = open_ledger(url, Path("unused"))
    yield ledger
    ledger.close()


@pytest.mark.parametrize(
    "command",
    [("purge", "--person", WRITER, "--yes"), ("import", "nothing.eml"), ("laureates",)],
    ids=lambda one: one[0],
)
def test_nothing_is_decided_while_another_worker_is_at_the_desk(
    house: House, other: SqlLedger, command: tuple[str, ...]
) -> None:
    before = house.export()
    with other.desk():
        done = house.run(*command, now="2017-03-02T09:00")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("decides now; try again once it is done.\n")
    assert {**house.export(), "exported_at": ""} == {**before, "exported_at": ""}


def test_a_person_is_erased_from_a_shared_ledger_when_nobody_else_is_at_the_desk(
    house: House, other: SqlLedger
) -> None:
    done = house.run("purge", "--person", WRITER, "--yes", now="2017-03-02T09:00")
    assert (done.returncode, done.stderr) == (0, "")
    assert house.export()["messages"][0]["from"] == "(contact effacé)"
