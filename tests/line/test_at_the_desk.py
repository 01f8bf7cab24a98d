"""Commands that decide, on a ledger that several workers share: one at a time."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.adapters.ledger import SqlLedger, open_ledger
from pipeline.core.filing import with_doubts
from pipeline.demo.post_bag import BEFORE_CLOSING, FOLDER
from tests.line.house import House
from tests.servers.postgres import PostgreSQL

WRITER = "h.carpentier@ville-saint-laurent-blangy.example"


@pytest.fixture
def other(house: House, postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlLedger]:
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
    [("purge", "--person", WRITER, "--yes"), ("import", str(FOLDER / "003.eml")), ("laureates",)],
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


class Terminal(io.StringIO):
    """A person who says yes after `meanwhile`."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__("y\n")
        self._meanwhile = meanwhile

    def isatty(self) -> bool:
        return True

    def readline(self, size: int | None = -1, /) -> str:
        self._meanwhile()
        return super().readline(-1 if size is None else size)


def test_the_desk_is_free_while_purge_asks(house: House, other: SqlLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[bool] = []

    def work() -> None:
        with other.desk():
            worked.append(True)

    monkeypatch.setattr("sys.stdin", Terminal(work))
    done = house.run("purge", "--person", WRITER, now="2017-03-02T09:00")
    assert (done.returncode, done.stderr, worked) == (0, "", [True])
    assert house.export()["messages"][0]["from"] == "(contact effacé)"


def test_what_changed_while_purge_asked_is_not_erased_unseen(
    house: House, other: SqlLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change() -> None:
        (known,) = other.candidatures.all("visions21-2017")
        other.candidatures.save(with_doubts(known, "Vu par une autre personne."))

    monkeypatch.setattr("sys.stdin", Terminal(change))
    done = house.run("purge", "--person", WRITER, now="2017-03-02T09:00")
    said = "what is held has changed since it was listed, and nothing was erased: run purge again.\n"
    assert (done.returncode, done.stderr) == (1, said)
    assert house.export()["messages"][0]["from"] == WRITER
