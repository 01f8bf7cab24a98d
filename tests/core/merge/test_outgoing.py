from collections.abc import Mapping
from dataclasses import replace

import pytest

from pipeline.core import merge
from pipeline.core.merge import (
    CellOut,
    CellValue,
    Clash,
    Edit,
    EditsIn,
    Links,
    Memory,
    RowOut,
    SheetChanges,
    SheetReading,
    edits_in,
)
from tests.core.merge.sheets import COLUMNS, SHEET, a_row, a_sheet, an_older_copy, as_written, memory, rows, without

Cells = Mapping[str, CellValue]
NO_LINKS: Links = {}


def cells_out(
    reading: SheetReading, memory: Memory, wanted: Mapping[str, Cells], links: Links = NO_LINKS
) -> SheetChanges:
    return merge.cells_out(SHEET, reading, memory, wanted.items(), links)


def remembered(reading: SheetReading, changes: SheetChanges, memory: Memory) -> dict[str, Cells]:
    return dict(merge.remembered(reading, changes, memory))


@pytest.mark.parametrize(
    ("found", "is_news"),
    [
        (EditsIn(), False),
        (EditsIn(clashes=(Clash("V21-001", "notes", "a", "b"),), warnings=("!",)), False),
        (EditsIn((Edit("V21-001", "notes", "a"),)), True),
        (EditsIn(removed=("V21-001",)), True),
        (EditsIn(returned=("V21-001",)), True),
        (EditsIn(moved={"V21-001": "Archives"}), True),
    ],
)
def test_the_ledger_has_something_to_learn_from_what_staff_did_alone(found: EditsIn, is_news: bool):
    assert found.is_news is is_news


@pytest.mark.parametrize(
    ("changes", "something"),
    [
        (SheetChanges(), False),
        (SheetChanges(cells=(CellOut(2, "notes", "a"),)), True),
        (SheetChanges(rows=(RowOut("V21-009", {}),)), True),
    ],
)
def test_cells_or_rows_are_something_to_write(changes: SheetChanges, something: bool):
    assert bool(changes) is something


def test_a_sheet_that_shows_everything_is_not_written_to():
    changes = cells_out(as_written(), memory(), rows())
    assert changes == SheetChanges() and not changes


def test_our_own_value_moves_on():
    changes = cells_out(as_written(), memory(), rows(V2={"to_check": "À voir."}))
    assert changes == SheetChanges((CellOut(3, "to_check", "À voir."),))


@pytest.mark.parametrize("typed", ["Arras", None])
def test_what_staff_corrected_or_emptied_stays(typed):
    seen = as_written(V3={"collectivite": typed})
    assert not cells_out(seen, memory(), rows())
    assert not cells_out(seen, memory(), rows(V3={"collectivite": "Autre"}))


def test_what_was_retyped_alike_is_left_as_it_was_typed():
    assert not cells_out(as_written(V1={"phone": 321000001}), memory(), rows())


def test_a_deleted_row_is_not_resurrected():
    seen = a_sheet(*(row for key, row in rows().items() if key != "V21-005"))
    left = {key: row for key, row in rows().items() if key != "V21-005"}
    assert not cells_out(seen, memory(), rows())
    assert not cells_out(seen, Memory(left, {"V21-005": a_row(5)}), rows())


def test_a_row_moved_to_another_sheet_does_not_come_back():
    seen = a_sheet(*(row for key, row in rows().items() if key != "V21-005"))
    assert not cells_out(seen, Memory(rows(), elsewhere={"V21-005": "Archives"}), rows())


def test_sorted_rows_are_written_under_their_key():
    changes = cells_out(a_sheet(*reversed(rows().values())), memory(), rows(V1={"to_check": "À voir."}))
    assert changes == SheetChanges((CellOut(9, "to_check", "À voir."),))


@pytest.mark.parametrize("copy_first", [True, False])
def test_of_a_copied_row_the_original_is_written_and_remembered(copy_first):
    originals, copy = list(rows().values()), a_row(3, collectivite="Copie", notes="essai")
    seen = a_sheet(copy, *originals) if copy_first else a_sheet(*originals, copy)
    want = rows(V3={"to_check": "À voir."})
    changes = cells_out(seen, memory(), want)
    assert changes == SheetChanges((CellOut(5 if copy_first else 4, "to_check", "À voir."),))
    assert remembered(seen, changes, memory()) == want


def test_a_removed_column_is_left_removed():
    seen = a_sheet(*without("phone", rows()))
    changes = cells_out(seen, memory(), rows(V1={"phone": "01"}) | {"V21-009": a_row(9)})
    row = {key: value for key, value in a_row(9).items() if key != "phone"}
    assert changes == SheetChanges((), (RowOut("V21-009", row),))


def test_a_row_by_hand_is_left_as_it_is():
    seen = a_sheet(*rows().values(), a_row(0) | {"number": None, "collectivite": "Ruitz"})
    assert not cells_out(seen, memory(), rows())


def test_formulas_and_cells_under_merged_ones_are_not_written_and_not_forgotten():
    first, *others = rows().values()
    seen = a_sheet(*others, {key: value for key, value in first.items() if key != "phone"})
    seen = replace(seen, fixed=frozenset([(2, "to_check")]))
    changes = cells_out(seen, memory(), rows(V1={"phone": "01"}, V2={"to_check": "À voir."}))
    assert not changes
    assert remembered(seen, changes, memory()) == rows()


def test_a_cell_that_staff_typed_between_our_reading_and_our_writing_is_never_written():
    seen = as_written(V1={"to_check": "vu"}, V2={"decision": "Retenu"}, V3={"notes": "note"}, V4={"phone": None})
    want = rows(V1={"to_check": "A"}, V2={"decision": ""}, V3={"notes": ""}, V4={"phone": "01"}, V5={"to_check": "B"})
    assert cells_out(seen, memory(), want) == SheetChanges((CellOut(6, "to_check", "B"),))


def test_of_a_row_that_is_not_in_the_memory_only_empty_cells_are_filled():
    seen = a_sheet(a_row(1, collectivite="Ruitz", phone=None))
    changes = cells_out(seen, Memory({}), {"V21-001": a_row(1)})
    assert changes == SheetChanges((CellOut(2, "phone", "03 21 00 00 01"),))


def test_a_new_row_carries_its_key_and_its_links():
    links = {("V21-009", "notes"): "pieces/V21-009", ("V21-009", "pieces"): "x", ("V21-001", "notes"): "y"}
    changes = cells_out(as_written(), memory(), {"V21-009": {"notes": "n", "siren": "1"}}, links)
    assert changes == SheetChanges(
        (), (RowOut("V21-009", {"notes": "n", "number": "V21-009"}, {"notes": "pieces/V21-009"}),)
    )


def test_a_written_cell_carries_its_link():
    changes = cells_out(as_written(), memory(), rows(V1={"notes": "2"}), {("V21-001", "notes"): "pieces/a"})
    assert changes == SheetChanges((CellOut(2, "notes", "2", "pieces/a"),))


def test_what_is_written_fits_and_is_no_edit_at_the_next_reading():
    want = rows(V1={"to_check": "a\x00b"}) | {"V21-009": a_row(9, notes="é" * 40_000)}
    changes = cells_out(as_written(), memory(), want)
    assert changes.cells == (CellOut(2, "to_check", "ab"),)
    (new,) = changes.rows
    assert new.values["notes"] == "é" * 32_765 + " …"
    after = remembered(as_written(), changes, memory())
    seen = a_sheet(*after.values())
    assert edits_in(SHEET, seen, Memory(after)) == EditsIn()
    assert not cells_out(seen, Memory(after), want)


def test_the_memory_is_the_sheet_once_the_changes_are_written():
    seen = a_sheet(a_row(1), a_row(0) | {"number": ""})
    changes = SheetChanges((CellOut(2, "notes", "n"),), (RowOut("V21-002", {"number": "V21-002"}),))
    assert remembered(seen, changes, Memory({})) == {
        "V21-001": a_row(1, notes="n"),
        "V21-002": dict.fromkeys(COLUMNS, "") | {"number": "V21-002"},
    }


def test_a_number_typed_over_is_given_back():
    typed_over = replace(as_written(), rows=(replace(as_written().rows[0], values=a_row(1, number="1")),))
    assert cells_out(typed_over, memory(), {"V21-001": {"number": "V21-001"}}) == SheetChanges(
        (CellOut(2, "number", "V21-001"),)
    )


def test_an_older_copy_gets_what_both_sides_did_since():
    now = rows(V1={"to_check": "Nouveau."}, V2={"decision": "Retenu"}) | {"V21-009": a_row(9, notes="à rappeler")}
    seen = as_written(V3={"notes": "tapé dans la copie"})
    changes = cells_out(seen, an_older_copy(rows(), now), now)
    assert changes == SheetChanges(
        (CellOut(2, "to_check", "Nouveau."), CellOut(3, "decision", "Retenu")), (RowOut("V21-009", now["V21-009"]),)
    )


def test_a_row_deleted_since_an_older_copy_was_made_is_not_added_again():
    then = rows()
    now = {key: row for key, row in then.items() if key != "V21-005"}
    seen = a_sheet(*now.values())
    assert not cells_out(seen, an_older_copy(then, now, {"V21-005": a_row(5)}), then)


def test_a_row_moved_to_another_sheet_stays_there_though_the_file_lost_its_stamp():
    seen = a_sheet(*list(rows().values())[:7])
    known = Memory(rows(), marked=False, elsewhere={"V21-008": "Archives"})
    assert not cells_out(seen, known, rows())


def test_rows_that_a_file_without_stamp_lacks_come_back():
    seen = a_sheet(*list(rows().values())[:7])
    changes = cells_out(seen, Memory(rows(), marked=False), rows())
    assert changes == SheetChanges((), (RowOut("V21-008", a_row(8)),))
