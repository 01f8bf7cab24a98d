import unicodedata

import pytest

from pipeline.adapters.workbook.sharing.conflict_copies import conflict_copies, is_copy

COPIES = """
suivi (Léa Martin's conflicted copy 2017-02-20).xlsx
suivi (Copie en conflit de Léa Martin 2017-02-20).xlsx
suivi (Copie en conflit de PC (RH) 2017-02-20).xlsx
suivi (conflicted copy 2017-02-20 101500).xlsx
suivi (conflicted copy lea 2017-02-20 101500).xlsx
suivi_conflict-20170220-101500.xlsx
suivi.sync-conflict-20170220-101500.xlsx
suivi.sync-conflict-20170220-101500-ABCDEF7.xlsx
suivi_Andy-PC_Jan-03-0901-2013_CaseConflict_1.xlsx
suivi_PC_RH_Feb-20-1015-2017_Conflict.xlsx
suivi-DESKTOP-4AB12CD.xlsx
suivi-PC12-2.xlsx
suivi (1).xlsx
suivi(2).xlsx
suivi 2.xlsx
suivi [Conflict].xlsx
suivi - Copie.xlsx
suivi - Copie (3).xlsx
suivi - Copy.xlsx
Copie de suivi.xlsx
Copie (2) de suivi.xlsx
Copy of suivi.xlsx
suivi copie 2.xlsx
SUIVI - COPIE.XLSX
suivi (version de 093000).xlsx
suivi (version de 093000, 2).xlsx
""".strip().splitlines()
OTHERS = """
suivi.xlsx
laureats.xlsx
laureats (1).xlsx
apercu.html
suivi (1).html
suivi-archive.xlsx
suivi-2016.xlsx
suivi 2016.xlsx
suivi des conflits.xlsx
suivi (ancien).xlsx
suivi-PORTABLE-DE-LEA-MARTIN.xlsx
nouveau suivi.xlsx
~$suivi.xlsx
.~lock.suivi.xlsx#
.suivi-0123456789abcdef-0123456789abcdef-1.tmp
suivi-2017-03-01-093000-g000012.xlsx
""".strip().splitlines()


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_known_by_its_name(name):
    assert is_copy(name, "suivi.xlsx")


@pytest.mark.parametrize("name", OTHERS)
def test_any_other_file_is_not_a_copy(name):
    assert not is_copy(name, "suivi.xlsx")


def test_accents_in_two_pieces_are_the_same():
    assert is_copy(unicodedata.normalize("NFD", "été (1).xlsx"), "été.xlsx")


def test_the_copies_in_the_folder_are_listed(tmp_path):
    for name in (*COPIES, *OTHERS):
        (tmp_path / name).write_bytes(b"")
    assert [one.name for one in conflict_copies(tmp_path / "suivi.xlsx")] == sorted(COPIES)


def test_no_folder_holds_no_copy(tmp_path):
    assert conflict_copies(tmp_path / "none" / "suivi.xlsx") == []
