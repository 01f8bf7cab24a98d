"""The sheet Mode d'emploi: one page, for somebody who opens the workbook for the first time."""

from openpyxl import Workbook
from openpyxl.styles import Alignment

from pipeline.adapters.workbook import look
from pipeline.core.call import Call
from pipeline.core.columns import Owner

SHEET = "Mode d'emploi"
LINES = (
    (
        "Lire",
        "L'assistant ajoute une ligne par candidature (feuille Candidatures) et une ligne par message examiné "
        "(feuille Messages). La colonne « À vérifier » dit ce qu'une personne doit regarder.",
    ),
    (
        "Travailler",
        "Triez, filtrez, colorez, ajoutez des colonnes, des lignes et des feuilles\u00a0: l'assistant retrouve ses "
        "colonnes par leur titre et n'écrit que les siennes. Enregistrez et fermez le fichier pour qu'il puisse "
        "écrire.",
    ),
    (
        "Corriger",
        "Écrivez la bonne valeur dans la cellule, même dans une colonne bleue\u00a0: elle est à vous, l'assistant "
        "s'en sert et n'y touche plus. Pour un message mal classé, utilisez « Reclasser en ».",
    ),
    (
        "Décider",
        "Remplissez « Décision », puis choisissez un courrier dans « Courrier à envoyer ». Il part après quelques "
        "minutes\u00a0; videz la cellule d'ici là pour l'annuler. Une fois parti, la cellule se vide et « Dernier "
        "courrier » le dit. S'il ne peut pas partir, « À vérifier » explique pourquoi.",
    ),
    (
        "Convoquer",
        "Remplissez d'abord la feuille Réunions (date, début, lieu). Les réponses aux invitations s'inscrivent dans la "
        "colonne de chaque réunion.",
    ),
    (
        "Ajouter",
        "Une candidature reçue par courrier\u00a0: ajoutez une ligne sans numéro avec au moins la collectivité\u00a0; "
        "le numéro vient tout seul.",
    ),
    (
        "À ne pas faire",
        "Ne renommez ni le fichier ni les feuilles Candidatures, Messages et Réunions. Ne changez pas les numéros "
        "de la colonne « N° ». Ne touchez pas aux colonnes masquées.",
    ),
)


def add_guide(book: Workbook, call: Call) -> None:
    page = book.create_sheet(SHEET)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 20, 96
    page["A1"], page["A1"].font = f"Mode d'emploi – {call.short_title}", look.TITLE_FONT
    for row, (owner, meaning) in enumerate(
        (
            (Owner.WORKER, "en-tête bleu\u00a0: rempli par l'assistant"),
            (Owner.STAFF, "en-tête jaune\u00a0: rempli par vous"),
        ),
        3,
    ):
        label = page.cell(row, 1, "Bleu" if owner is Owner.WORKER else "Jaune")
        label.fill, label.font = look.HEADER_FILLS[owner], look.HEADER_FONTS[owner]
        page.cell(row, 2, meaning).font = look.BODY_FONT
    for row, (heading, text) in enumerate((*LINES, ("Besoin d'aide\u00a0?", _whom_to_call(call))), 6):
        page.cell(row, 1, heading).font = look.HEADING_FONT
        words = page.cell(row, 2, text)
        words.font, words.alignment = look.BODY_FONT, Alignment(wrap_text=True, vertical="top")
        page.cell(row, 1).alignment = Alignment(vertical="top")
        page.row_dimensions[row].height = 17 * (len(text) // 110 + 1) + 8
    page.sheet_view.showGridLines = False
    page.page_setup.orientation = "landscape"
    look.fit_to_pages(page, wide=1, tall=1)


def _whom_to_call(call: Call) -> str:
    contact = call.contact
    return ", ".join(filter(None, (contact.name, contact.role, contact.phone, contact.email)))
