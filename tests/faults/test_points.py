"""Faults at the named points (T01): the disk fails, or the worker is killed, at every passage of every one."""

from collections import Counter

import pytest

from tests.faults.conftest import RECEIVED, a_candidature_mail, settled
from tests.faults.morning import DISTURBED, Morning
from tests.line.disturbing import REACHED, UNCERTAIN
from tests.line.house import Done, House

# The connection is what fails there: no answer before the data, and the letter is tried again after a minute.
OF_THE_WIRE = "send"
COMMUNES = (
    "Hirson Fourmies Marquise Arras Bailleul Cassel Desvres Guînes Samer Avesnes Landrecies Trélon Orchies Lumbres"
)


def test_T01_a_disk_that_fails_at_each_point_in_turn_is_one_line_each_time_and_nothing_is_lost(house: House) -> None:
    senders = []
    for rank, (point, town) in enumerate(zip(REACHED, COMMUNES.split(), strict=True)):
        senders.append(f"mairie{rank}@commune.example")
        house.dovecot.deliver(a_candidature_mail(town, senders[-1], message_id=f"<{rank}@commune.example>"), RECEIVED)
        troubles = house.cycle(f"2017-03-01T09:{2 * rank:02d}", f"{point}:1:eio").troubles
        assert len(troubles) == (point != OF_THE_WIRE), f"{point}: {troubles}"
        assert all("Input/output error" in line and "\n" not in line for line in troubles)
    assert house.cycle("2017-03-01T10:00").troubles == []
    settled(house, senders, now="2017-03-01T10:10")
    # Handed over, or about to be, when the disk failed: never sent again.
    assert Counter(house.letter_states().values())["unknown"] == 2


@pytest.mark.parametrize(("point", "action"), [("fetch", "eio"), ("sent", "enospc")])
def test_T01_a_failure_that_nobody_foresaw_is_one_line_and_exit_1(house: House, point: str, action: str) -> None:
    house.dovecot.deliver(a_candidature_mail("Fourmies", "mairie@fourmies.example"), RECEIVED)
    assert_one_line(house.once(fault=f"{point}:1:{action}"))


def assert_one_line(done: Done) -> None:
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "the disk or the system failed (" in done.stderr or "cannot be written" in done.stderr, done.stderr


@pytest.mark.long
@pytest.mark.parametrize("action", ["eio", "enospc", "kill"])
def test_T01_disturbed_at_any_passage_of_any_point_the_next_cycle_ends_where_an_undisturbed_one_does(
    morning: Morning, action: str
) -> None:
    runs, wrong = 0, list[str]()
    for point, count in morning.passages.items():
        for nth in range(1, count + 1):
            morning.begin_again()
            runs += 1
            here = [f"{point}:{nth}:{action}: {what}" for what in disturbed(morning, point, nth, action)]
            print(*here, sep="\n", end="\n" * bool(here), flush=True)
            wrong += here
    print(f"\nT01 {action}: {runs} runs over {dict(morning.passages)}, {len(wrong)} violations")
    assert wrong == []


def disturbed(morning: Morning, point: str, nth: int, action: str) -> list[str]:
    """One cycle disturbed there, two that are not; what is wrong then. A kill takes a process of its own."""
    fault = f"{point}:{nth}:{action}"
    if action == "kill":
        done = morning.house.once(DISTURBED, fault)
        wrong = [] if (done.returncode, done.stderr) == (-9, "") else [f"exit {done.returncode}: {done.stderr}"]
    else:
        troubles = morning.house.cycle(DISTURBED, fault).troubles
        wrong = [] if len(troubles) == (point != OF_THE_WIRE) else [f"said: {troubles}"]
    wrong += morning.converged()
    unknown = list(morning.house.letter_states().values()).count("unknown")
    if unknown != (point in UNCERTAIN and (action == "kill" or point != OF_THE_WIRE)):
        wrong.append(f"{unknown} letters are uncertain")
    return wrong
