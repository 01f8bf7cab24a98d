"""Cells that were moved without their rows, told from those that staff changed one by one."""

import pytest

from pipeline.core.merge import EditsIn, Memory, edits_in
from pipeline.core.merge.moved_alone import is_mostly_moved, is_pushed, is_sorted_alone
from tests.core.merge.sheets import SHEET, Row, a_row, a_sheet, as_written, memory

PUSHED = (
    "Feuille Candidatures\u00a0: la colonne « {} » semble décalée par rapport à ses lignes\u00a0; "
    "annulez, rien n'est modifié d'ici là."
)


def pairs(before: str, now: str) -> list[tuple[str, str]]:
    """A letter a cell, "-" for an empty one."""
    return [(old.strip("-"), new.strip("-")) for old, new in zip(before, now, strict=True)]


@pytest.mark.parametrize(
    ("before", "now", "pushed"),
    [
        ("abcdef", "abdef-", True),  # a cell deleted, the others pushed up
        ("abcdef", "ab-cde", True),  # a cell inserted, the others pushed down
        ("abcd--", "bcd---", True),
        ("abcd-f", "bcd--f", True),  # up to the first empty cell
        ("abcd-f", "-abcdf", True),
        ("abcdef", "acdebf", False),  # nothing was freed: a rank given anew
        ("abcdef", "abcef-", False),  # three cells
        ("abcdef", "bcdegf", False),
        ("RNRNRNRN", "NRNRNRNR", False),  # a jury that exchanges its decisions
        ("RNNRNRNN", "RNRNRNN-", True),
        ("abcdef", "------", False),
        ("------", "abcdef", False),
        ("abcdef", "abcdef", False),
    ],
)
def test_a_column_is_pushed_when_every_cell_from_one_on_holds_what_stood_beside_it(
    before: str, now: str, pushed: bool
) -> None:
    assert is_pushed(pairs(before, now)) is pushed


@pytest.mark.parametrize(
    ("before", "now", "moved"),
    [
        ("abcde", "bcde-", True),  # four of five
        ("abcde", "bcdxy", False),
        ("abcdefghij", "jihgfxcdba", True),  # sorted the other way round, then one typed
        ("abcd", "bcd-", False),  # three
        ("aabc", "bcaa", False),  # three words
        ("aabbaabb", "bbaabbaa", False),  # two words that go to and fro
        ("ab-c-d-e", "-a-b-c-d", False),
    ],
)
def test_a_column_is_moved_when_four_in_five_of_its_changed_cells_hold_what_stood_in_others(
    before: str, now: str, moved: bool
) -> None:
    assert is_mostly_moved(pairs(before, now)) is moved


def test_a_column_is_sorted_alone_when_its_changed_cells_hold_the_same_values() -> None:
    assert is_sorted_alone(pairs("abcd", "dcba"))
    assert not is_sorted_alone(pairs("abc", "cab"))
    assert not is_sorted_alone(pairs("abcd", "dcbx"))


@pytest.mark.parametrize("first", [1, 4], ids=["from the first row on", "from the fourth on"])
def test_cells_pushed_up_by_one_that_was_deleted_are_a_warning_and_nothing_is_taken(first: int) -> None:
    pushed: dict[str, Row] = {f"V{rank}": {"collectivite": f"Commune {rank + 1}"} for rank in range(first, 8)}
    seen = as_written(**pushed, V8={"collectivite": ""})
    assert edits_in(SHEET, seen, memory()) == EditsIn(warnings=(PUSHED.format("Collectivité"),))


def test_decisions_pushed_down_by_a_cell_that_was_inserted_are_a_warning_and_nothing_is_taken() -> None:
    words = ["Retenu", "Non retenu", "Retenu", "Liste d'attente", "Retenu", "Non retenu", "Non retenu", "Retenu"]
    known: dict[str, Row] = {f"V{rank}": {"decision": word} for rank, word in enumerate(words, 1)}
    pushed: dict[str, Row] = {f"V{rank}": {"decision": word} for rank, word in enumerate(["", *words[:-1]], 1)}
    found = edits_in(SHEET, as_written(**pushed), memory(**known))
    assert found == EditsIn(warnings=(PUSHED.format("Décision"),))


def test_numbers_pushed_up_without_their_rows_are_a_warning_and_nothing_is_taken() -> None:
    known = {f"V21-{rank:03}": a_row(rank, notes=f"note {rank}", to_check=f"point {rank}") for rank in range(1, 9)}
    pushed = [row | {"number": f"V21-{rank + 1:03}"} for rank, row in enumerate(known.values(), 1)]
    found = edits_in(SHEET, a_sheet(*pushed[:-1]), Memory(known))
    assert found == EditsIn(warnings=(PUSHED.format("N°"),))


def test_a_column_that_staff_typed_anew_or_cleared_is_as_many_edits() -> None:
    for word in ("Ville {}", ""):
        typed: dict[str, Row] = {f"V{rank}": {"collectivite": word.format(rank)} for rank in range(1, 9)}
        found = edits_in(SHEET, as_written(**typed), memory())
        assert (len(found.edits), found.warnings) == (8, ())


def test_populations_sorted_alone_are_a_warning_and_ranks_given_anew_are_edits() -> None:
    turned: dict[str, Row] = {f"V{rank}": {"population": 1009.5 - rank} for rank in range(1, 9)}
    assert edits_in(SHEET, as_written(**turned), memory()).warnings == (
        "Feuille Candidatures\u00a0: la colonne « Population » semble triée seule\u00a0; "
        "annulez ce tri, rien n'est modifié d'ici là.",
    )
    ranked: dict[str, Row] = {f"V{rank}": {"rank": rank} for rank in range(1, 9)}
    anew: dict[str, Row] = {f"V{rank}": {"rank": 9 - rank} for rank in range(1, 9)}
    found = edits_in(SHEET, as_written(**anew), memory(**ranked))
    assert (len(found.edits), found.warnings) == (8, ())


def test_three_columns_sorted_alone_are_each_told_and_four_are_told_as_the_numbers() -> None:
    known: dict[str, Row] = {f"V{rank}": {"notes": f"note {rank}"} for rank in range(1, 9)}
    turned: dict[str, Row] = {
        f"V{rank}": {
            "phone": f"03 21 00 00 0{9 - rank}",
            "notes": f"note {9 - rank}",
            "collectivite": f"Commune {9 - rank}",
        }
        for rank in range(1, 9)
    }
    told = edits_in(SHEET, as_written(**turned), memory(**known)).warnings
    assert [one.split(" » ")[0].split("« ")[1] for one in told] == ["Collectivité", "Notes", "Téléphone"]
    for rank in range(1, 9):
        turned[f"V{rank}"] |= {"population": 1009.5 - rank}
    (only,) = edits_in(SHEET, as_written(**turned), memory(**known)).warnings
    assert only.startswith("Feuille Candidatures\u00a0: la colonne « N° » semble triée seule")


def test_letters_to_send_that_staff_gave_to_one_another_are_edits_as_few_words_go_to_and_fro() -> None:
    before = ["Lauréat", "Convocation", "Non retenu", "Liste d'attente", "Accusé de réception"]
    after = ["Convocation", "Lauréat", "Liste d'attente", "Non retenu", "Demande de compléments"]
    known: dict[str, Row] = {f"V{rank}": {"request": word} for rank, word in enumerate(before, 1)}
    known |= {f"V{rank}": {"request": ""} for rank in (6, 7, 8)}
    typed: dict[str, Row] = known | {f"V{rank}": {"request": word} for rank, word in enumerate(after, 1)}
    found = edits_in(SHEET, as_written(**typed), memory(**known))
    assert ([edit.value for edit in found.edits], found.warnings) == (after, ())


@pytest.mark.parametrize(
    "beside",
    [{}, {"number": "V21-099"}, {"number": "V21-009", "decision": None}],
    ids=["nothing else", "a row under a number that nobody gave", "a row that is news"],
)
def test_decisions_pushed_in_a_sheet_that_was_sorted_otherwise_are_a_warning(beside: Row) -> None:
    words = ["Retenu", "Non retenu", "Retenu", "Liste d'attente", "Retenu", "Non retenu", "Non retenu", "Retenu"]
    known: dict[str, Row] = {f"V{rank}": {"decision": word} for rank, word in enumerate(words, 1)}
    stood = list(reversed([a_row(rank, decision=word) for rank, word in enumerate(words, 1)]))
    decisions = [row["decision"] for row in stood]
    pushed = [row | {"decision": word} for row, word in zip(stood, [*decisions[1:], ""], strict=True)]
    more = [a_row(9) | beside] if beside else []
    found = edits_in(SHEET, a_sheet(*pushed, *more), memory(**known))
    assert found == EditsIn(warnings=(PUSHED.format("Décision"),))


def test_a_cell_under_merged_ones_hides_no_push_of_the_others() -> None:
    words = ["", "Retenu", "Non retenu", "Retenu", "Liste d'attente", "Non retenu", "Non retenu", "Retenu"]
    known: dict[str, Row] = {f"V{rank}": {"decision": word} for rank, word in enumerate(words, 1)}
    first, *others = [a_row(rank, decision=word) for rank, word in enumerate([words[0], *words[2:], ""], 1)]
    seen = a_sheet(*others, {key: value for key, value in first.items() if key != "decision"})
    assert edits_in(SHEET, seen, memory(**known)) == EditsIn(warnings=(PUSHED.format("Décision"),))
