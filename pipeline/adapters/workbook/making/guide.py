"""The sheet Mode d'emploi: one page, for somebody who opens the workbook for the first time."""

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.adapters.workbook.making import look
from pipeline.core.call import Call
from pipeline.core.columns import Owner
from pipeline.core.french import small, typography

SHEET = "Mode d'emploi"
LABELS, WORDS = 22, 100  # widths of the two columns
COLOURS = (
    (
        "Titre bleu",
        look.HEADER_FILLS[Owner.WORKER],
        look.HEADER_FONTS[Owner.WORKER],
        "Colonne remplie par l'assistant.",
    ),
    (
        "Titre jaune",
        look.HEADER_FILLS[Owner.STAFF],
        look.HEADER_FONTS[Owner.STAFF],
        "Colonne remplie par vous ; l'assistant la lit.",
    ),
    (
        "Fond orangé",
        PatternFill("solid", fgColor=look.ATTENTION),
        look.STRONG_FONT,
        "À regarder : les mots de la cellule disent pourquoi.",
    ),
    (
        "Fond vert",
        PatternFill("solid", fgColor=look.ON_ITS_WAY),
        look.STRONG_FONT,
        "Demandé, pas encore parti ou pas encore pris en compte.",
    ),
)
LINES = (
    (
        "À vérifier",
        "L'assistant y écrit, avec des mots, ce qu'une personne doit regarder. Effacez une phrase quand c'est "
        "fait : elle ne reviendra pas. La feuille Messages dit ce que chaque message est, et pourquoi ; s'il "
        "se trompe, choisissez dans « Reclasser en ».",
    ),
    (
        "Corriger, vider",
        "Écrivez la bonne valeur dans la cellule, même sous un titre bleu : elle est à vous, l'assistant s'en "
        "sert partout et n'y touche plus. Une cellule que vous videz reste vide.",
    ),
    (
        "Décider, écrire",
        "Remplissez « Décision », puis choisissez un courrier dans « Courrier à envoyer ». Il part quelques "
        "minutes après l'enregistrement ; pour l'annuler d'ici là, videz la cellule. Une fois le courrier "
        "parti, elle se vide et « Dernier courrier » le dit. S'il ne peut pas partir, « À vérifier » explique "
        "pourquoi.",
    ),
    (
        "Relire, retenir",
        "La feuille Envois montre chaque courrier et son texte avant qu'il parte ; l'y récrire ne le change pas, mais "
        "l'arrête. « oui » dans Retenir le garde ; plus de dix courriers (sauf autre réglage) demandés à la fois "
        "attendent « oui » dans Feu vert.",
    ),
    (
        "Convoquer",
        "Remplissez d'abord la feuille Réunions (date, début, lieu), puis demandez « Convocation ». Les "
        "réponses s'inscrivent dans la colonne de chaque réunion.",
    ),
    (
        "Ajouter une ligne",
        "Pour une candidature reçue par courrier, écrivez sous la dernière ligne au moins la collectivité, et "
        "laissez « N° » vide : le numéro vient tout seul.",
    ),
    (
        "Supprimer une ligne",
        "Elle disparaît de la feuille et n'y revient pas. L'assistant garde la candidature dans son "
        "registre : rien n'est perdu.",
    ),
    (
        "Lignes et colonnes",
        "Triez (toujours tout le tableau), filtrez, colorez, déplacez ou masquez, ajoutez vos colonnes, feuilles et "
        "graphiques : l'assistant n'y touche pas. Une colonne que vous supprimez n'est pas recréée. Si vous en "
        "renommez une, il la reconnaît le plus souvent ; sinon il n'y écrit plus et le signale.",
    ),
    (
        "Enregistrer, fermer",
        "L'assistant n'écrit jamais dans un fichier ouvert : il attend, et sait dire chez qui il est ouvert. "
        "Fermez-le quand vous avez fini. Pendant ce temps, rien n'est perdu et les accusés de réception "
        "partent quand même.",
    ),
    (
        "Ancienne copie",
        "Enregistrée par-dessus le tableau, elle est réunie avec lui : vos saisies des deux côtés restent, aucun "
        "courrier ne repart. Si une même cellule différait, « À vérifier » le dit. Un fichier « copie » laissé à côté "
        "du tableau, lui, n'est pas lu.",
    ),
    (
        "LibreOffice",
        "Le classeur s'y ouvre, mais l'enregistrer avec LibreOffice efface ce qu'il ne connaît pas : "
        "segments, fils de commentaires, graphiques récents. Si vous vous en servez, enregistrez avec Excel.",
    ),
    (
        "À ne jamais faire",
        "Renommer le fichier ; changer un numéro de la colonne « N° » de Candidatures ou supprimer cette "
        "colonne ; toucher aux colonnes masquées ; mettre un mot de passe sur le fichier.",
    ),
)


def add_guide(book: Workbook, call: Call) -> None:
    page = book.create_sheet(SHEET)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = LABELS, WORDS
    page["A1"], page["A1"].font = f"Mode d'emploi – {call.short_title}", look.TITLE_FONT
    page.row_dimensions[1].height = 30
    for row, (name, fill, font, meaning) in enumerate(COLOURS, 2):
        label = _line(page, row, name, meaning)
        label.fill, label.font = fill, font
        page.row_dimensions[row].height = 20
    for row, (heading, text) in enumerate((*LINES, ("Besoin d'aide ?", _whom_to_call(call))), len(COLOURS) + 3):
        _line(page, row, heading, text).font = look.HEADING_FONT
        page.row_dimensions[row].height = look.LINE_HEIGHT * look.lines_of(text, WORDS) + 9
    page.sheet_view.showGridLines = False
    page.page_setup.orientation = "portrait"
    look.fit_to_pages(page, wide=1, tall=1)
    look.narrow_margins(page)


def _line(page: Worksheet, row: int, heading: str, text: str) -> Cell:
    """A heading and its words beside it; the heading's cell."""
    label, words = page.cell(row, 1, typography(heading)), page.cell(row, 2, typography(text))
    words.font = look.BODY_FONT
    label.alignment = Alignment(vertical="top", indent=1)
    words.alignment = Alignment(wrap_text=True, vertical="top", indent=1)
    return label


def _whom_to_call(call: Call) -> str:
    contact = call.contact
    return ", ".join(filter(None, (contact.name, small(contact.role), contact.phone, contact.email)))
