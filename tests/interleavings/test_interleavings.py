"""Random turns of staff and worker lose nothing; thousands of them are run by hand (see `run`)."""

from dataclasses import replace

import pytest

from pipeline.core.merge import SheetChanges
from tests.builders import a_call
from tests.conftest import needs
from tests.interleavings.play import Play
from tests.interleavings.run import played, saved_by_libreoffice
from tests.interleavings.stage import StageTracker, a_stage
from tests.servers.libreoffice import libreoffice


@pytest.mark.parametrize(
    ("first", "plays"),
    [(0, 4), (10, 4), (20, 4), *(pytest.param(first, 10, marks=pytest.mark.long) for first in (0, 10, 20))],
)
def test_nothing_of_either_side_is_lost(first, plays):
    done = played(range(first, first + plays), actions=12)
    assert done.plays == plays
    assert done.lost == {}


def test_nothing_is_lost_where_staff_save_in_libreoffice_too(tmp_path):
    needs(libreoffice(), "LibreOffice", "libreoffice-calc")
    with a_stage(tmp_path) as office:
        play = Play(office, replace(a_call(), code="essai"), 1, saved_by_libreoffice)
        for action in (play.mail_arrives, play.mail_arrives, play.worker, play.staff_type):
            action()
        play.staff_save_in_other_program()
        for action in (play.mail_arrives, play.facts_change, play.worker, play.staff_correct, play.staff_keep_copy):
            action()
        play.staff_save_in_other_program()
        for action in (play.staff_type, play.worker, play.staff_save_copy_over):
            action()
        assert play.run(0) == []


class Careless(StageTracker):
    """A worker that leaves out the cells it has to bring up to date."""

    def write(self, call, seen, changes, edition):
        new_rows_only = SheetChanges((), changes["candidatures"].rows)
        super().write(call, seen, {**changes, "candidatures": new_rows_only}, edition)


def test_a_worker_that_loses_facts_is_caught(tmp_path):
    with a_stage(tmp_path) as office:
        careless = replace(office, tracker=Careless(tmp_path / "sheets", tmp_path / "var"))
        plays = (Play(careless, replace(a_call(), code=f"e{seed}"), seed) for seed in range(5))
        assert any("worker wrote" in loss for play in plays for loss in play.run(12))


def test_a_staff_cell_that_is_overwritten_is_caught(tmp_path):
    with a_stage(tmp_path) as office:
        play = Play(office, replace(a_call(), code="essai"), 3)
        assert play.run(6) == []
        number = play.model.live()[0]
        play.model.type(number, "Notes", "jamais vu")
        assert play.model.losses(play._book()) == [f"{number} Notes: shows '', staff wrote 'jamais vu'"]
