import re

import openpyxl
import pytest

from pipeline.adapters.workbook.making.creation import HIGHLIGHTS, create_tracker
from pipeline.adapters.workbook.making.look import ATTENTION
from pipeline.core.choices import unread
from pipeline.core.columns import DECISIONS, YES_NO, Owner, Shape, sheets_of
from pipeline.core.corrections import UNKNOWN_LETTER
from tests.adapters.workbook.books import CALL, parts

HEADINGS = {
    "Candidatures": (
        "N°|Reçue le|Dans les délais|Collectivité|Type|SIREN|Départements|Population|En région|Contact|Fonction|"
        "Courriel|Téléphone|Objet|Pièces|Compléments|Accusé envoyé le|Dernier courrier|{}|{}|"
        "À vérifier|Éligible|Décision|Rang|Motif|Courrier à envoyer|Pièces manquantes|Copie à|Notes"
    ).format(*(meeting.title for meeting in CALL.meetings)),
    "Envois": "Préparé le|N°|Courrier|Destinataires|Objet|Texte|État|Parti le|Pourquoi|Retenir|Feu vert|Clé",
    "Messages": "Reçu le|De|Objet|Nature|N°|Réponse|Pourquoi|Reclasser en|Clé",
    "Réunions": "Réunion|Date|Début|Fin|Lieu|Adresse|Annulée|Clé",
}


@pytest.fixture(scope="module")
def created(tmp_path_factory):
    path = tmp_path_factory.mktemp("created") / "suivi.xlsx"
    create_tracker(CALL, path)
    return path


@pytest.fixture(scope="module")
def book(created):
    return openpyxl.load_workbook(created)


def test_every_sheet_is_there_in_order(book):
    assert book.sheetnames == ["Candidatures", "Envois", "Messages", "Réunions", "Synthèse", "Mode d'emploi"]


@pytest.mark.parametrize("name", HEADINGS)
def test_every_column_is_there_in_order_and_heads_its_table(book, name):
    headings = HEADINGS[name].split("|")
    page = book[name]
    assert [one.value for one in page[1]] == headings
    ((_, table),) = [(key, page.tables[key]) for key in page.tables]
    assert [column.name for column in table.tableColumns] == headings
    assert table.ref == table.autoFilter.ref == f"A1:{openpyxl.utils.get_column_letter(len(headings))}2"


def test_the_tables_have_the_names_of_the_contract(book):
    assert [name for page in book for name in page.tables] == ["Candidatures", "Envois", "Messages", "Reunions"]


def test_a_column_with_choices_offers_them_in_a_list(book):
    for sheet in sheets_of(CALL):
        lists = [one for one in book[sheet.name].data_validations.dataValidation if one.type == "list"]
        offered = {str(one.sqref): one.formula1 for one in lists}
        expected = {
            f"{openpyxl.utils.get_column_letter(rank)}2:{openpyxl.utils.get_column_letter(rank)}2000": (
                f'"{",".join(column.choices)}"'
            )
            for rank, column in enumerate(sheet.columns, 1)
            if column.choices
        }
        assert offered == expected
        assert all(len(formula) <= 257 for formula in offered.values())  # Excel's limit, with the quotation marks


def test_headings_are_blue_for_the_worker_and_yellow_for_staff(book):
    for sheet in sheets_of(CALL):
        for rank, column in enumerate(sheet.columns, 1):
            colour = book[sheet.name].cell(1, rank).fill.fgColor.rgb
            assert colour == ("001F4E79" if column.owner is Owner.WORKER else "00FFE699"), column


def test_headings_and_who_a_row_is_about_stay_in_sight(book):
    assert [book[name].freeze_panes for name in HEADINGS] == ["E2", "D2", "B2", "B2"]


def test_the_keys_are_hidden_and_nothing_else_is(book):
    for sheet in sheets_of(CALL):
        for rank, column in enumerate(sheet.columns, 1):
            letter = openpyxl.utils.get_column_letter(rank)
            assert book[sheet.name].column_dimensions[letter].hidden is (column.shape is Shape.KEY)


def test_dates_and_figures_have_their_formats(book):
    page = book["Candidatures"]
    assert [page.cell(2, rank).number_format for rank in (1, 2, 6, 8)] == ["@", "dd/mm/yyyy hh:mm", "@", "#,##0"]
    assert [book["Réunions"].cell(2, rank).number_format for rank in (2, 3)] == ["dd/mm/yyyy", "hh:mm"]


def test_the_summary_has_four_native_charts(created, book):
    assert len(book["Synthèse"]._charts) == 4
    assert len([name for name in parts(created) if name.startswith("xl/charts/chart")]) == 4


def test_the_guide_names_whom_to_call(book):
    words = [str(one.value) for row in book["Mode d'emploi"].iter_rows() for one in row if one.value]
    assert words[0] == "Mode d'emploi – Visions +21"
    assert words[-1] == "Antoine Goxe, chargé de mission Territoires durables, 03.21.08.52.46, agoxe@cerdd.org"


def test_the_workbook_is_stamped(book):
    assert {one.name: one.value for one in book.custom_doc_props.props} == {
        "SuiviGeneration": 0,
        "SuiviAppel": "visions21-2017",
    }


def test_a_heading_says_who_fills_its_column_and_that_the_one_that_names_a_row_is_not_to_be_changed(book):
    said = {}
    for note in book["Candidatures"].data_validations.dataValidation:
        said |= {cell: note.prompt for cell in str(note.sqref).split() if cell.endswith("1") and note.type is None}
    assert said["A1"] == "Ne changez rien ici\u00a0: la ligne est retrouvée par cette colonne."
    assert said["D1"].startswith("Vous pouvez corriger une valeur")
    assert said["W1"].startswith("L'assistant lit cette colonne.")
    assert len(said) == len(HEADINGS["Candidatures"].split("|"))


def test_a_heading_of_what_is_only_shown_says_where_it_is_corrected(book):
    said = {
        (name, cell): note.prompt
        for name in ("Envois", "Messages")
        for note in book[name].data_validations.dataValidation
        for cell in str(note.sqref).split()
        if cell.endswith("1") and note.type is None
    }
    for cell in ("D1", "E1", "F1"):  # Destinataires, Objet, Texte
        assert said["Envois", cell].startswith("Montre le courrier. Écrire ici ne le change pas")
    assert said["Messages", "D1"].endswith("choisissez dans «\u00a0Reclasser en\u00a0».")
    assert said["Messages", "C1"].startswith("Vous pouvez corriger une valeur")


def test_a_cell_whose_words_leave_in_a_letter_says_so_to_who_types_there(book):
    said = {
        str(note.sqref): (note.promptTitle, note.prompt)
        for note in book["Candidatures"].data_validations.dataValidation
        if note.type is None and "1" not in str(note.sqref).split()[0].split(":")[0]
    }
    assert said == {
        "Y2:Y2000": ("Motif", "Facultatif. Ces mots figurent tels quels dans le courrier «\u00a0Non retenu\u00a0»."),
        "AA2:AA2000": (
            "Pièces manquantes",
            "Une pièce par ligne (Alt + Entrée). La liste figure dans la demande de compléments.",
        ),
        "AB2:AB2000": (
            "Copie à",
            "Des adresses, séparées par des virgules\u00a0: elles reçoivent aussi les courriers que vous demandez.",
        ),
    }


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        ("request", UNKNOWN_LETTER.format(word="Lauréats")),
        ("decision", unread("Décision", "peut-être", DECISIONS)),
        ("eligible", unread("Éligible", "peut-être", YES_NO)),
    ],
)
def test_what_the_worker_cannot_act_on_is_orange_where_it_was_typed(column, sentence):
    tests = [test for _, key, test, colour in HIGHLIGHTS if key == column and colour == ATTENTION]
    assert any(words in sentence for test in tests for words in re.findall(r'SEARCH\("([^"]+)"', test))


def test_no_message_over_a_list_is_headed_by_half_a_sentence(book):
    titles = [note.errorTitle for note in book["Candidatures"].data_validations.dataValidation if note.type == "list"]
    assert "Première réunion préparatoire" in titles and all(len(title) <= 32 for title in titles)
