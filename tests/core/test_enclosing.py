"""What staff put into a-joindre: what can be sent with a letter, and what is said of what cannot."""

import pytest

from pipeline.core.enclosing import MOST_BYTES, REFUSED, Enclosure, objection

TOO_HEAVY = (
    "les fichiers de a-joindre/laureat pèsent {size}\u00a0Mo, plus que les 10\u00a0Mo qu'une messagerie accepte\u00a0: "
    "allégez-les ou retirez-en."
)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ((), ""),
        ((Enclosure("Règlement.pdf", 1), Enclosure("Plan.docx", MOST_BYTES - 1)), ""),
        ((Enclosure("a.pdf", MOST_BYTES + 1),), TOO_HEAVY.format(size="10,1")),
        ((Enclosure("a.pdf", 8_000_000), Enclosure("b.pdf", 4_250_000)), TOO_HEAVY.format(size="12,3")),
        ((Enclosure("a.pdf", 20_000_000),), TOO_HEAVY.format(size="20")),
        (
            (Enclosure("a.pdf", 1), Enclosure("vide.pdf", 0)),
            "le fichier « vide.pdf » de a-joindre/laureat est vide\u00a0: remplacez-le ou retirez-le.",
        ),
        (
            (Enclosure("vide.pdf", 0), Enclosure("Outil.EXE", 1)),
            "les messageries refusent le fichier « Outil.EXE » de a-joindre/laureat\u00a0: retirez-le.",
        ),
    ],
)
def test_what_cannot_be_sent_is_said_with_what_to_do(files: tuple[Enclosure, ...], said: str) -> None:
    assert objection("laureat", files) == said


@pytest.mark.parametrize("ending", sorted(REFUSED))
def test_what_mail_programs_refuse_is_refused_whatever_stands_before_its_ending(ending: str) -> None:
    assert objection("laureat", [Enclosure(f"convention.pdf{ending.upper()}", 1)]) != ""


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("Règlement.pdf", "application/pdf"),
        ("plan.PNG", "image/png"),
        ("notes", "application/octet-stream"),
        ("x.inconnu", "application/octet-stream"),
    ],
)
def test_a_file_is_sent_as_what_its_name_says(name: str, media_type: str) -> None:
    assert Enclosure(name, 1).media_type == media_type
