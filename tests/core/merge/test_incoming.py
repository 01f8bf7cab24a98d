from dataclasses import replace

import pytest

from pipeline.core.columns import MESSAGES_SHEET
from pipeline.core.merge import (
    Clash,
    Edit,
    EditsIn,
    Memory,
    Place,
    RowByHand,
    SheetReading,
    SheetRow,
    edits_in,
    fitting,
    rows_by_hand,
    rows_by_key,
)
from tests.core.merge.sheets import SHEET, a_row, a_sheet, an_older_copy, as_written, memory, rows, without


def test_a_sheet_that_stands_as_it_was_written_holds_no_edit():
    assert edits_in(SHEET, as_written(), memory()) == EditsIn()


def test_a_correction_by_staff_is_an_edit():
    seen = as_written(V3={"collectivite": "Arras"})
    assert edits_in(SHEET, seen, memory()) == EditsIn((Edit("V21-003", "collectivite", "Arras", "Commune 3"),))


def test_an_emptied_cell_is_an_edit():
    seen = as_written(V3={"collectivite": None})
    assert edits_in(SHEET, seen, memory()) == EditsIn((Edit("V21-003", "collectivite", None, "Commune 3"),))


def test_what_was_retyped_alike_is_no_edit():
    seen = as_written(
        V1={"phone": 321000001}, V2={"collectivite": "Commune\u00a02 "}, V3={"population": 1003.5000000000001}
    )
    assert edits_in(SHEET, seen, memory()) == EditsIn()


def test_sorted_rows_follow_their_key():
    assert edits_in(SHEET, a_sheet(*reversed(rows().values())), memory()) == EditsIn()


def test_two_values_exchanged_by_staff_are_two_edits():
    seen = as_written(V1={"collectivite": "Commune 2"}, V2={"collectivite": "Commune 1"})
    assert edits_in(SHEET, seen, memory()).edits == (
        Edit("V21-001", "collectivite", "Commune 2", "Commune 1"),
        Edit("V21-002", "collectivite", "Commune 1", "Commune 2"),
    )


def test_a_removed_column_is_no_edit():
    assert edits_in(SHEET, a_sheet(*without("phone", rows())), memory()) == EditsIn()


def test_a_cell_under_merged_ones_says_nothing():
    first, *others = rows().values()
    seen = a_sheet(*others, {key: value for key, value in first.items() if key != "phone"})
    assert edits_in(SHEET, seen, memory()) == EditsIn()


def test_a_row_by_hand_is_reported():
    by_hand = a_row(0) | {"number": None, "collectivite": "Ruitz"}
    seen = a_sheet(*rows().values(), by_hand)
    assert (edits_in(SHEET, seen, memory()), rows_by_hand(SHEET, seen)) == (EditsIn(), (RowByHand(10, by_hand),))


def test_a_hidden_key_is_never_an_edit():
    row = SheetRow(2, "abc", {"key": "ABC", "subject": "s"})
    seen = SheetReading({"key": Place(1), "subject": Place(2)}, (row,))
    assert edits_in(MESSAGES_SHEET, seen, Memory({"abc": {"key": "abc", "subject": "s"}})) == EditsIn()


def test_what_was_cut_to_fit_is_no_edit():
    long = fitting("é" * 40_000)
    assert edits_in(SHEET, as_written(V1={"notes": long}), memory(V1={"notes": long})) == EditsIn()


def test_a_column_that_staff_filled_down_is_as_many_edits():
    typed = {
        f"V{rank}": {"decision": "Retenu" if rank < 4 else "Non retenu", "notes": f"vu {rank}"} for rank in range(1, 9)
    }
    found = edits_in(SHEET, as_written(**typed), memory())
    assert (len(found.edits), found.warnings) == (16, ())


def test_true_typed_over_1_is_an_edit_though_python_holds_them_for_equal():
    known = memory(V1={"population": 1})
    seen = as_written(V1={"population": True})
    assert edits_in(SHEET, seen, known) == EditsIn((Edit("V21-001", "population", True, 1),))


def test_a_row_under_a_number_that_nobody_gave_is_no_edit_and_no_row_by_hand():
    seen = a_sheet(*rows().values(), a_row(99))
    assert (edits_in(SHEET, seen, memory()), rows_by_hand(SHEET, seen)) == (EditsIn(), ())


def test_a_number_typed_over_is_no_edit():
    first, *others = as_written().rows
    seen = replace(as_written(), rows=(replace(first, values=a_row(1, number="1")), *others))
    assert edits_in(SHEET, seen, memory()) == EditsIn()


def test_a_row_without_words_is_no_row_by_hand():
    seen = a_sheet(*rows().values(), dict.fromkeys(a_row(0)) | {"notes": "\u00a0"})
    assert rows_by_hand(SHEET, seen) == ()


# Rows deleted, copied, moved, brought back


def test_a_deleted_row_is_reported():
    seen = a_sheet(*(row for key, row in rows().items() if key != "V21-005"))
    assert edits_in(SHEET, seen, memory()) == EditsIn(removed=("V21-005",))


def test_a_row_that_was_taken_out_before_is_reported_no_more():
    left = {key: row for key, row in rows().items() if key != "V21-005"}
    assert edits_in(SHEET, a_sheet(*left.values()), Memory(left, {"V21-005": a_row(5)})) == EditsIn()


def test_a_row_that_is_back_after_its_deletion_is_reported():
    left = {key: row for key, row in rows().items() if key != "V21-005"}
    seen = as_written(V5={"notes": "rétablie"})
    assert edits_in(SHEET, seen, Memory(left, {"V21-005": a_row(5)})) == EditsIn(
        (Edit("V21-005", "notes", "rétablie", ""),), returned=("V21-005",)
    )


def test_a_row_that_stands_in_another_sheet_was_moved_not_deleted():
    seen = a_sheet(*(row for key, row in rows().items() if key != "V21-005"))
    known = Memory(rows(), elsewhere={"V21-005": "Archives"})
    assert edits_in(SHEET, seen, known) == EditsIn(moved={"V21-005": "Archives"})


def test_a_row_that_stands_in_another_sheet_as_well_was_copied_and_one_told_before_is_told_no_more():
    left = {key: row for key, row in rows().items() if key != "V21-005"}
    known = Memory(left, elsewhere={"V21-003": "Archives", "V21-005": "Archives"})
    assert edits_in(SHEET, a_sheet(*left.values()), known) == EditsIn()


@pytest.mark.parametrize("copy_first", [True, False])
def test_of_a_copied_row_the_one_as_last_known_is_ours(copy_first):
    originals, copy = list(rows().values()), a_row(3, collectivite="Copie", notes="essai")
    seen = a_sheet(copy, *originals) if copy_first else a_sheet(*originals, copy)
    assert edits_in(SHEET, seen, memory()) == EditsIn()
    assert rows_by_key(seen, memory())[1] == {"V21-003": (2 if copy_first else 10,)}


# States nobody should build on


def test_a_column_sorted_alone_is_a_warning_and_nothing_is_taken():
    seen = as_written(**{f"V{rank}": {"collectivite": f"Commune {9 - rank}"} for rank in range(1, 9)})
    assert edits_in(SHEET, seen, memory()) == EditsIn(
        warnings=(
            "Feuille Candidatures\u00a0: la colonne « Collectivité » semble triée seule\u00a0; "
            "annulez ce tri, rien n'est modifié d'ici là.",
        )
    )


@pytest.mark.parametrize(
    ("typed", "is_a_sort"),
    [
        ((3, 1, 2, 4, 5, 6), False),
        ((4, 3, 2, 1, 5, 6), True),
        ((2, 2, 1, 1, 5, 6), False),
        ((4, 3, 2, 7, 5, 6), False),
    ],
    ids=["three exchanged", "four exchanged", "one given twice", "one that was not there"],
)
def test_more_than_three_values_exchanged_in_a_column_are_a_sort_of_it_alone(typed: tuple[int, ...], is_a_sort: bool):
    seen = as_written(**{f"V{rank}": {"collectivite": f"Commune {value}"} for rank, value in enumerate(typed, 1)})
    found = edits_in(SHEET, seen, memory())
    assert (found.warnings != (), found.edits == ()) == (is_a_sort, is_a_sort)


def test_a_jury_may_exchange_its_decisions():
    words = {f"V{rank}": {"decision": "Retenu" if rank % 2 else "Non retenu"} for rank in range(1, 9)}
    other = {f"V{rank}": {"decision": "Non retenu" if rank % 2 else "Retenu"} for rank in range(1, 9)}
    found = edits_in(SHEET, as_written(**other), memory(**words))
    assert (len(found.edits), found.warnings) == (8, ())


def test_a_jury_may_rank_its_waiting_list_anew():
    ranks = {f"V{rank}": {"rank": rank} for rank in range(1, 9)}
    known = {key: row | ranks[f"V{rank}"] for rank, (key, row) in enumerate(rows().items(), 1)}
    seen = a_sheet(*(row | {"rank": 9 - rank} for rank, row in enumerate(known.values(), 1)))
    found = edits_in(SHEET, seen, Memory(known))
    assert (found.warnings, [(one.column, one.value) for one in found.edits]) == (
        (),
        [("rank", 9 - rank) for rank in range(1, 9)],
    )


def test_numbers_sorted_without_their_rows_are_a_warning_and_nothing_is_taken():
    filled = rows(**{f"V{rank}": {"notes": f"note {rank}", "to_check": f"point {rank}"} for rank in range(1, 9)})
    numbers = [row["number"] for row in filled.values()]
    seen = a_sheet(*(row | {"number": number} for row, number in zip(filled.values(), reversed(numbers), strict=True)))
    assert edits_in(SHEET, seen, Memory(filled)) == EditsIn(
        warnings=(
            "Feuille Candidatures\u00a0: la colonne « N° » semble triée seule\u00a0; "
            "annulez ce tri, rien n'est modifié d'ici là.",
        )
    )


def test_most_rows_gone_is_a_warning_and_nothing_is_removed():
    seen = a_sheet(*list(rows().values())[:3])
    assert edits_in(SHEET, seen, memory()) == EditsIn(
        warnings=(
            "Feuille Candidatures\u00a0: 5 lignes connues manquent\u00a0; "
            "rien n'est modifié tant qu'elles ne sont pas rétablies.",
        )
    )


@pytest.mark.parametrize(
    ("known", "gone", "taken"),
    [(8, 3, True), (8, 4, False), (30, 6, True), (30, 7, False), (29, 6, False), (2, 2, True)],
)
def test_three_rows_or_one_in_five_may_be_deleted_together(known: int, gone: int, taken: bool):
    before = {f"V21-{rank:03}": a_row(rank) for rank in range(1, known + 1)}
    seen = a_sheet(*list(before.values())[gone:], a_row(99))
    found = edits_in(SHEET, seen, Memory(before))
    assert (found.removed, found.warnings == ()) == (tuple(before)[:gone] if taken else (), taken)


def test_a_sheet_that_was_emptied_is_a_warning_however_few_rows_it_had():
    known = Memory({"V21-001": a_row(1), "V21-002": a_row(2)})
    assert edits_in(SHEET, a_sheet(), known) == EditsIn(
        warnings=(
            "Feuille Candidatures\u00a0: 2 lignes connues manquent\u00a0; "
            "rien n'est modifié tant qu'elles ne sont pas rétablies.",
        )
    )
    assert edits_in(SHEET, a_sheet(), Memory({"V21-001": a_row(1)})) == EditsIn(removed=("V21-001",))


# An older copy saved over a newer version


def test_an_older_copy_that_nobody_touched_says_nothing():
    known = an_older_copy(rows(), rows(V1={"to_check": "Nouveau."}, V2={"decision": "Retenu"}))
    assert edits_in(SHEET, as_written(), known) == EditsIn()


def test_what_staff_typed_into_an_older_copy_is_taken():
    known = an_older_copy(rows(), rows(V1={"to_check": "Nouveau."}))
    seen = as_written(V2={"decision": "Retenu"}, V3={"phone": "03 00"}, V4={"collectivite": None})
    assert edits_in(SHEET, seen, known).edits == (
        Edit("V21-002", "decision", "Retenu", ""),
        Edit("V21-003", "phone", "03 00", "03 21 00 00 03"),
        Edit("V21-004", "collectivite", None, "Commune 4"),
    )
    assert edits_in(SHEET, seen, known).clashes == ()


def test_a_cell_changed_on_both_sides_is_a_clash_and_the_file_wins():
    known = an_older_copy(rows(), rows(V2={"decision": "Non retenu"}, V3={"phone": "03 00"}))
    seen = as_written(V2={"decision": "Retenu"}, V3={"phone": "03 00"})
    found = edits_in(SHEET, seen, known)
    assert found.edits == (Edit("V21-002", "decision", "Retenu", ""),)
    assert found.clashes == (Clash("V21-002", "decision", "Retenu", "Non retenu"),)


def test_a_row_that_an_older_copy_never_held_was_not_deleted_from_it():
    assert edits_in(SHEET, as_written(), an_older_copy(rows(), rows() | {"V21-009": a_row(9)})) == EditsIn()


def test_a_row_deleted_from_an_older_copy_was_deleted():
    seen = a_sheet(*(row for key, row in rows().items() if key != "V21-005"))
    assert edits_in(SHEET, seen, an_older_copy(rows(), rows())) == EditsIn(removed=("V21-005",))


def test_any_state_of_a_row_under_the_stamp_of_an_older_copy_is_untouched():
    states = (a_row(1), a_row(1, notes="a"), a_row(1, notes="b"))
    known = Memory({"V21-001": a_row(1, notes="c")}, copy={"V21-001": states})
    for notes in ("", "a", "b", "c"):
        assert edits_in(SHEET, a_sheet(a_row(1, notes=notes)), known) == EditsIn()
    found = edits_in(SHEET, a_sheet(a_row(1, notes="d")), known)
    assert found.edits == (Edit("V21-001", "notes", "d", "b"),)


def test_a_cell_that_may_have_been_changed_on_both_sides_is_a_clash():
    states = (a_row(1), a_row(1, notes="a"))
    known = Memory({"V21-001": a_row(1, notes="a")}, copy={"V21-001": states})
    assert edits_in(SHEET, a_sheet(a_row(1, notes="d")), known).clashes == (Clash("V21-001", "notes", "d", "a"),)


# A file that lost its stamp


def test_of_a_file_without_stamp_no_deletion_is_concluded():
    known = Memory(rows(), marked=False)
    assert edits_in(SHEET, a_sheet(a_row(1, notes="vu")), known) == EditsIn((Edit("V21-001", "notes", "vu", ""),))
