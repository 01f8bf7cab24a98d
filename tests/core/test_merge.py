from dataclasses import replace

import pytest

from pipeline.core.columns import MESSAGES_SHEET, candidatures_sheet
from pipeline.core.merge import (
    CellOut,
    CellValue,
    Edit,
    EditsIn,
    RowByHand,
    RowOut,
    SheetChanges,
    SheetReading,
    SheetRow,
    cells_out,
    edits_in,
    old_copy,
    remembered,
)
from tests.builders import a_call

SHEET = candidatures_sheet(a_call())
COLUMNS = ("number", "collectivite", "phone", "population", "to_check", "decision", "notes")
Cells = dict[str, dict[str, CellValue]]


def a_row(rank: int, **changes: CellValue) -> dict[str, CellValue]:
    values: dict[str, CellValue] = {
        "number": f"V21-{rank:03}",
        "collectivite": f"Commune {rank}",
        "phone": f"03 21 00 00 0{rank}",
        "population": 1000.5 + rank,
        "to_check": "",
        "decision": "",
        "notes": "",
    }
    return values | changes


def a_memory(*ranks: int) -> Cells:
    return {f"V21-{rank:03}": a_row(rank) for rank in ranks or range(1, 9)}


def a_sheet(*rows: dict[str, CellValue], columns: tuple[str, ...] = COLUMNS) -> SheetReading:
    """The rows from row 2 on."""
    return SheetReading(
        columns,
        tuple(
            SheetRow(position, str(row.get("number") or ""), {key: row[key] for key in columns})
            for position, row in enumerate(rows, 2)
        ),
    )


def as_written(**changes: dict[str, CellValue]) -> SheetReading:
    """The sheet as the memory has it, with changes by key, `V3={...}` for V21-003."""
    return a_sheet(*(row | changes.get(f"V{rank}", {}) for rank, row in enumerate(a_memory().values(), 1)))


def wanted(**changes: dict[str, CellValue]) -> Cells:
    return {key: row | changes.get(f"V{rank}", {}) for rank, (key, row) in enumerate(a_memory().items(), 1)}


def test_nothing_to_do():
    assert edits_in(SHEET, as_written(), a_memory()) == EditsIn()
    changes = cells_out(SHEET, as_written(), a_memory(), wanted())
    assert changes == SheetChanges() and not changes


def test_our_own_value_moves_on():
    changes = cells_out(SHEET, as_written(), a_memory(), wanted(V2={"to_check": "À voir."}))
    assert changes == SheetChanges((CellOut(3, "to_check", "À voir."),))


def test_a_correction_by_staff_is_an_edit_and_stays():
    seen = as_written(V3={"collectivite": "Arras"})
    assert edits_in(SHEET, seen, a_memory()) == EditsIn((Edit("V21-003", "collectivite", "Arras"),))
    assert not cells_out(SHEET, seen, a_memory(), wanted())
    assert not cells_out(SHEET, seen, a_memory(), wanted(V3={"collectivite": "Autre"}))


def test_an_emptied_cell_is_an_edit_and_stays_empty():
    seen = as_written(V3={"collectivite": None})
    assert edits_in(SHEET, seen, a_memory()) == EditsIn((Edit("V21-003", "collectivite", None),))
    assert not cells_out(SHEET, seen, a_memory(), wanted())


def test_what_was_retyped_alike_is_no_edit():
    seen = as_written(
        V1={"phone": 321000001}, V2={"collectivite": "Commune\u00a02 "}, V3={"population": 1003.5000000000001}
    )
    assert edits_in(SHEET, seen, a_memory()) == EditsIn()
    assert not cells_out(SHEET, seen, a_memory(), wanted())


def test_a_deleted_row_is_reported_and_not_resurrected():
    seen = a_sheet(*(row for key, row in a_memory().items() if key != "V21-005"))
    assert edits_in(SHEET, seen, a_memory()) == EditsIn(removed=("V21-005",))
    assert not cells_out(SHEET, seen, a_memory(), wanted())


def test_a_deleted_row_that_was_forgotten_is_reported_no_more():
    memory = {key: row for key, row in a_memory().items() if key != "V21-005"}
    seen = a_sheet(*memory.values())
    assert edits_in(SHEET, seen, memory) == EditsIn()


def test_a_stale_copy_gets_its_lost_row_back_and_gives_what_staff_typed_into_it():
    memory = a_memory() | {"V21-001": a_row(1, to_check="Nouveau."), "V21-009": a_row(9, notes="à rappeler")}
    seen = as_written(V2={"decision": "Retenu"})
    assert edits_in(SHEET, seen, memory, stale=True) == EditsIn((Edit("V21-002", "decision", "Retenu"),))
    want = wanted(V1={"to_check": "Nouveau."}, V2={"decision": "Retenu"}) | {"V21-009": memory["V21-009"]}
    changes = cells_out(SHEET, seen, old_copy(SHEET, seen, memory), want)
    assert changes == SheetChanges(
        (CellOut(2, "to_check", "Nouveau."),), (RowOut("V21-009", a_row(9, notes="à rappeler")),)
    )


def test_what_staff_typed_after_a_stale_copy_was_made_comes_back():
    memory = a_memory() | {"V21-001": a_row(1, decision="Retenu")}
    seen = as_written()
    assert edits_in(SHEET, seen, memory, stale=True) == EditsIn()
    changes = cells_out(SHEET, seen, old_copy(SHEET, seen, memory), wanted(V1={"decision": "Retenu"}))
    assert changes == SheetChanges((CellOut(2, "decision", "Retenu"),))


def test_sorted_rows_follow_their_key():
    seen = a_sheet(*reversed(a_memory().values()))
    assert edits_in(SHEET, seen, a_memory()) == EditsIn()
    changes = cells_out(SHEET, seen, a_memory(), wanted(V1={"to_check": "À voir."}))
    assert changes == SheetChanges((CellOut(9, "to_check", "À voir."),))


@pytest.mark.parametrize("copy_first", [True, False])
def test_of_a_copied_row_the_original_is_written_and_remembered(copy_first):
    rows, copy = list(a_memory().values()), a_row(3, collectivite="Copie", notes="essai")
    seen = a_sheet(copy, *rows) if copy_first else a_sheet(*rows, copy)
    original, other = (5, 2) if copy_first else (4, 10)
    assert edits_in(SHEET, seen, a_memory()) == EditsIn(
        conflicts={"V21-003": f"Le numéro V21-003 figure aussi ligne {other}\u00a0: cette copie n'est pas suivie."}
    )
    changes = cells_out(SHEET, seen, a_memory(), wanted(V3={"to_check": "À voir."}))
    assert changes == SheetChanges((CellOut(original, "to_check", "À voir."),))
    assert remembered(seen, changes, SHEET, a_memory()) == wanted(V3={"to_check": "À voir."})


def test_a_column_sorted_alone_is_a_warning_and_nothing_is_taken():
    seen = as_written(**{f"V{rank}": {"collectivite": f"Commune {9 - rank}"} for rank in range(1, 9)})
    assert edits_in(SHEET, seen, a_memory()) == EditsIn(
        warnings=(
            "Feuille Candidatures\u00a0: la colonne « Collectivité » semble triée seule\u00a0; "
            "annulez ce tri, rien n'est modifié d'ici là.",
        )
    )


def test_two_values_exchanged_by_staff_are_two_edits():
    seen = as_written(V1={"collectivite": "Commune 2"}, V2={"collectivite": "Commune 1"})
    assert edits_in(SHEET, seen, a_memory()).edits == (
        Edit("V21-001", "collectivite", "Commune 2"),
        Edit("V21-002", "collectivite", "Commune 1"),
    )


def test_most_rows_gone_is_a_warning_and_nothing_is_removed():
    seen = a_sheet(*list(a_memory().values())[:3])
    assert edits_in(SHEET, seen, a_memory()) == EditsIn(
        warnings=(
            "Feuille Candidatures\u00a0: 5 lignes connues manquent\u00a0; "
            "rien n'est modifié tant qu'elles ne sont pas rétablies.",
        )
    )


def test_three_rows_may_always_be_deleted_together():
    seen = a_sheet(*list(a_memory().values())[3:])
    assert edits_in(SHEET, seen, a_memory()) == EditsIn(removed=("V21-001", "V21-002", "V21-003"))


def test_a_removed_column_is_neither_an_edit_nor_written():
    columns = tuple(column for column in COLUMNS if column != "phone")
    seen = a_sheet(*a_memory().values(), columns=columns)
    assert edits_in(SHEET, seen, a_memory()) == EditsIn()
    changes = cells_out(SHEET, seen, a_memory(), wanted(V1={"phone": "01"}) | {"V21-009": a_row(9)})
    row = {key: value for key, value in a_row(9).items() if key != "phone"}
    assert changes == SheetChanges((), (RowOut("V21-009", row),))


def test_a_row_by_hand_is_reported_and_left_as_it_is():
    by_hand = a_row(0) | {"number": None, "collectivite": "Ruitz"}
    seen = a_sheet(*a_memory().values(), by_hand)
    assert edits_in(SHEET, seen, a_memory()) == EditsIn(by_hand=(RowByHand(10, by_hand),))
    assert not cells_out(SHEET, seen, a_memory(), wanted())


def test_a_cell_that_staff_typed_between_our_reading_and_our_writing_is_never_written():
    seen = as_written(V1={"to_check": "vu"}, V2={"decision": "Retenu"}, V3={"notes": "note"}, V4={"phone": None})
    changes = cells_out(
        SHEET,
        seen,
        a_memory(),
        wanted(V1={"to_check": "A"}, V2={"decision": ""}, V3={"notes": ""}, V4={"phone": "01"}, V5={"to_check": "B"}),
    )
    assert changes == SheetChanges((CellOut(6, "to_check", "B"),))


def test_of_a_row_that_is_not_in_the_memory_only_empty_cells_are_filled():
    seen = a_sheet(a_row(1, collectivite="Ruitz", phone=None))
    changes = cells_out(SHEET, seen, {}, {"V21-001": a_row(1)})
    assert changes == SheetChanges((CellOut(2, "phone", "03 21 00 00 01"),))


def test_a_new_row_carries_its_key_and_its_links():
    seen = a_sheet(*a_memory().values())
    links = {("V21-009", "notes"): "pieces/V21-009", ("V21-009", "pieces"): "x", ("V21-001", "notes"): "y"}
    changes = cells_out(SHEET, seen, a_memory(), {"V21-009": {"notes": "n", "siren": "1"}}, links)
    assert changes == SheetChanges(
        (), (RowOut("V21-009", {"notes": "n", "number": "V21-009"}, {"notes": "pieces/V21-009"}),)
    )


def test_a_written_cell_carries_its_link():
    changes = cells_out(SHEET, as_written(), a_memory(), wanted(V1={"notes": "2"}), {("V21-001", "notes"): "pieces/a"})
    assert changes == SheetChanges((CellOut(2, "notes", "2", "pieces/a"),))


def test_what_is_written_fits_and_is_no_edit_at_the_next_reading():
    seen = as_written()
    want = wanted(V1={"to_check": "a\x00b"}) | {"V21-009": a_row(9, notes="é" * 40_000)}
    changes = cells_out(SHEET, seen, a_memory(), want)
    assert changes.cells == (CellOut(2, "to_check", "ab"),)
    assert changes.rows[0].values["notes"] == "é" * 32_765 + " …"
    memory = remembered(seen, changes, SHEET)
    after = a_sheet(*memory.values())
    assert edits_in(SHEET, after, memory) == EditsIn()
    assert not cells_out(SHEET, after, memory, want)


def test_the_memory_is_the_sheet_once_the_changes_are_written():
    seen = a_sheet(a_row(1), a_row(0) | {"number": ""})
    changes = SheetChanges((CellOut(2, "notes", "n"),), (RowOut("V21-002", {"number": "V21-002"}),))
    assert remembered(seen, changes, SHEET) == {
        "V21-001": a_row(1, notes="n"),
        "V21-002": dict.fromkeys(COLUMNS) | {"number": "V21-002"},
    }


def test_hidden_keys_are_never_an_edit():
    row = SheetRow(2, "abc", {"key": "ABC", "subject": "s"})
    seen = SheetReading(("key", "subject"), (row, replace(row, position=3, key="d")))
    assert edits_in(MESSAGES_SHEET, seen, {"abc": {"key": "abc", "subject": "s"}}) == EditsIn()
