"""Templates as staff edit them: what they may write, what applicants' words may not do, what a mistake stops."""

import shutil
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.adapters.letterhead import Letterhead, markdown
from pipeline.adapters.letterhead.sealing import seal
from pipeline.core.french import typography
from pipeline.core.letters import LETTERS, TemplateFault, sample_values
from pipeline.failures import Unavailable

TEMPLATES = Path(__file__).parents[2] / "mail_templates"
NB = "\u00a0"
HOSTILE = (
    "**gras** _x_ `code`",
    "[lien](http://evil.example)",
    "<http://evil.example> <script>alert(1)</script> <link href=x>",
    "{{7*7}} {% for x in y %} {# z #}",
    "# Titre",
    "- élément",
    "1. un",
    "> citation",
    "&amp; &lt; &#x41;",
    "\\* \\n \\",
    "![image](http://evil.example/x.png)",
    "\ue0003162\ue001",
    "\ue0020\ue003",
    "/etc/hostname",
    "===",
    "a | b",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATES, tmp_path / "mail_templates"))


@pytest.fixture(scope="module")
def house() -> Letterhead:
    return Letterhead(TEMPLATES)


def values(letter: str = "laureat", **changes: Any) -> Mapping[str, object]:
    return sample_values(letter)[0] | changes


def write(folder: Path, source: str, **changes: Any) -> tuple[str, str, str]:
    """Subject, text and HTML of a template, without signature and layout."""
    (folder / "laureat.md.j2").write_text(source, encoding="utf-8")
    (folder / "layout.txt.j2").write_text("{{ body }}", encoding="utf-8")
    (folder / "layout.html.j2").write_text("{{ body }}", encoding="utf-8")
    written = Letterhead(folder).write("laureat", "", values(**changes))
    return written.subject, written.text, written.html


def fault(folder: Path, source: str) -> TemplateFault:
    with pytest.raises(TemplateFault) as caught:
        write(folder, source)
    return caught.value


def test_every_template_of_the_house_can_be_written() -> None:
    assert Letterhead(TEMPLATES).faults() == []


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_is_small_and_shows_no_markup_nor_none(house: Letterhead, letter: str) -> None:
    for known in sample_values(letter):
        written = house.write(letter, "", known)
        assert len(written.html.encode()) < 10_000
        assert 'lang="fr"' in written.html and "Message automatique" in written.html
        assert "<img" not in written.html
        for part in (written.subject, written.text):
            assert not {"None", "{{", "{%", "**", "##", "  ", "\n\n\n", " :", " ;", " ?", " !"} & {
                mark
                for mark in ("None", "{{", "{%", "**", "##", "  ", "\n\n\n", " :", " ;", " ?", " !")
                if mark in part
            }


@pytest.mark.parametrize("letter", [key for key in LETTERS if key not in ("digest", "alerte")])
def test_every_letter_to_an_applicant_carries_its_reference(house: Letterhead, letter: str) -> None:
    for known in sample_values(letter):
        assert f"[{known['number']}]" in house.write(letter, "", known).subject


@pytest.mark.parametrize("wild", HOSTILE)
def test_what_applicants_wrote_is_shown_as_it_is_and_does_nothing(house: Letterhead, wild: str) -> None:
    changes = {"collectivite": wild, "greeting": wild, "applicant": wild, "pieces": (wild,)}
    plain = house.write("accuse_reception", "", values("accuse_reception", **dict.fromkeys(changes, "mot")))
    written = house.write("accuse_reception", "", values("accuse_reception", **changes))
    shown = wild.replace("\ue000", "").replace("\ue001", "")
    assert f"Collectivité{NB}: {shown}\n" in written.text
    assert f"<strong>{shown}</strong>" in unescape(written.html)
    assert tags(written.html) - tags(plain.html) == set()


def tags(html: str) -> set[str]:
    return {piece.split(">")[0] for piece in html.split("<")[1:]}


@given(st.text(max_size=60))
@example("\ud800 a\r\nObjet: b\u2028\x00")
def test_any_text_stays_one_line_and_makes_no_markup(wild: str) -> None:
    house = Letterhead(TEMPLATES)
    written = house.write("convocation", "", values("convocation", number=wild, collectivite=wild))
    assert len(written.subject.splitlines()) <= 1 and len(written.subject) <= 200
    written.text.encode(), written.html.encode()
    assert written.html.count("<a ") == 1


def test_a_value_in_a_link_target_is_encoded_and_only_leads_to_pages_and_people(folder: Path) -> None:
    source = "Objet: x\n\n[page]({{ announcement_url }}) et [écrire](mailto:{{ our_email }})"
    _, text, html = write(folder, source, announcement_url='https://a.example/"><b>?x=1&y=é')
    assert '<a href="https://a.example/%22%3E%3Cb%3E?x=1&amp;y=%C3%A9">page</a>' in html
    assert '<a href="mailto:appels@agence.example">écrire</a>' in html
    assert f"écrire{NB}: appels@agence.example" in text
    assert "javascript" not in write(folder, source, announcement_url="javascript:alert(1)")[2]


PIECES = (
    *("# ", "- ", "1. ", "**", "`", "[a](", "](", ")", "<", ">", "\n", "\n\n", " ", "x :"),
    *("mailto:", "https://a.example/"),
)


@given(st.lists(st.sampled_from(PIECES) | st.sampled_from([seal(one) for one in ("é ?", "a@b.example", "1", "* x *")])))
@example(["[", seal("a@b.example"), "](mailto:", seal("a@b.example"), ")"])
@example(["[", seal("https://a.example/"), "](https://a.example/)"])
@example(["<mailto:", seal("a@b.example"), ">"])
def test_a_letter_that_is_read_once_for_all_values_reads_as_if_it_were_alone(pieces: list[str]) -> None:
    source = "".join(pieces)
    alone = markdown.parse(source)
    assert markdown.written(source) == (markdown.to_text(alone), markdown.to_html(alone))


def test_no_line_of_the_html_breaks_inside_a_date_an_hour_or_a_number(folder: Path) -> None:
    (folder / "laureat.md.j2").write_text("Objet: Le {{ v }}\n\n{{ v }}", encoding="utf-8")
    told = "mercredi 1er mars 2017 à 9 h 05, 28 février, 03 21 08 52 46, 3 maires, Visions +21 + 2"
    letter = Letterhead(folder).write("laureat", "", sample_values("laureat")[0] | {"v": told})
    glued = f"mercredi 1er{NB}mars 2017 à 9{NB}h{NB}05, 28{NB}février, 03{NB}21{NB}08{NB}52{NB}46, 3 maires"
    glued += f", Visions{NB}+21 + 2"
    assert letter.subject == f"Le {told}"
    assert f"Le {glued}</h1>" in letter.html and f"{glued}</p>" in letter.html


def test_no_line_breaks_inside_the_reference_that_people_are_asked_to_keep(folder: Path) -> None:
    source = 'Objet: x\n\n**{{ number }}** [{{ number }}] CCTP-V2-2017 [a](https://x.example/EX-003 "EX-003")'
    subject, text, html = write(folder, source)
    whole = '<span style="white-space:nowrap">{}</span>'
    link = '<a href="https://x.example/EX-003" title="EX-003">a</a>'
    assert f"<strong>{whole.format('EX-003')}</strong> {whole.format('[EX-003]')} CCTP-V2-2017 {link}" in html
    assert text.startswith("EX-003 [EX-003] CCTP-V2-2017 a")


def test_marks_of_a_list_hang_in_its_margin_the_only_space_that_outlook_gives_it(folder: Path) -> None:
    html = write(folder, "Objet: x\n\n- un\n\n1. deux")[2]
    for mark in ("ul", "ol"):
        assert f'<{mark} style="margin:0 0 16px 22px;padding:0">' in html


def test_markdown_of_staff_becomes_html_and_clean_text(folder: Path) -> None:
    source = (
        "Objet: Essai : {{ number }}\n\n## Titre\n\nBonjour **{{ applicant }}** !\nDeuxième ligne\n\n"
        "{% for piece in pieces %}\n- {{ piece }}\n{% endfor %}\n\n1. un\n2. deux\n\n"
        "Voir [la page](https://a.example/p) et <https://b.example>.\n\n{# rien #}Fin"
    )
    subject, text, html = write(folder, source, pieces=("a.pdf", "b.pdf"))
    assert subject == f"Essai{NB}: EX-003"
    assert text == (
        f"Titre\n\nBonjour Hélène Carpentier{NB}!\nDeuxième ligne\n\n- a.pdf\n- b.pdf\n\n1. un\n2. deux\n\n"
        f"Voir la page{NB}: https://a.example/p et https://b.example.\n\nFin\n"
    )
    assert f"<strong>Hélène Carpentier</strong>{NB}!<br" in html
    assert html.count("<li ") == 4 and "<h2 style=" in html


def test_html_of_staff_is_shown_and_not_obeyed(folder: Path) -> None:
    assert "&lt;b&gt;" in write(folder, "Objet: x\n\n<b>gras</b>")[2]


def test_a_list_is_told_in_one_breath_and_a_yes_in_french(folder: Path) -> None:
    source = "Objet: x\n\n{{ pieces }}, {{ in_time }}, {{ retention_months }}"
    assert write(folder, source, pieces=("a", "b", "c"))[1] == "a, b et c, oui, 24\n"


def test_a_block_or_a_macro_keeps_its_values_sealed(folder: Path) -> None:
    source = "Objet: x\n\n{% set phrase %}**Pour** {{ applicant }}{% endset %}{{ phrase }}"
    assert write(folder, source, applicant="**moi**")[1] == "Pour **moi**\n"


def test_a_call_may_have_its_own_letter_and_layout(folder: Path) -> None:
    (folder / "exemple-2017").mkdir()
    (folder / "exemple-2017" / "laureat.md.j2").write_text("Objet: À nous\n\nPropre", encoding="utf-8")
    house = Letterhead(folder)
    assert house.write("laureat", "exemple-2017", values()).subject == "À nous"
    assert house.write("laureat", "autre", values()).subject.startswith("[EX-003]")
    assert house.write("laureat", "../exemple-2017", values()).subject.startswith("[EX-003]")


def test_an_edit_counts_at_once(folder: Path) -> None:
    house = Letterhead(folder)
    house.write("laureat", "", values())
    (folder / "laureat.md.j2").write_text("\ufeffObjet : Nouveau\r\n\r\nTexte\r\n", encoding="utf-8")
    assert house.write("laureat", "", values()).subject == "Nouveau"


def test_a_long_subject_is_cut(folder: Path) -> None:
    subject, _, _ = write(folder, "Objet: {{ applicant }}\n\nx", applicant="é" * 500)
    assert (len(subject), subject[-1]) == (200, "…")


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("un\n{{ colectivite }}", 4, "le champ « colectivite » n’existe pas ; vouliez-vous dire « collectivite » ?"),
        ("{{ meetings[0].titel }}", 3, "le champ « titel » n’existe pas"),
        ("{% if number %}un", 3, "un « {% if %} » ou un « {% for %} » n’est pas refermé"),
        ("{{ number", 3, "une accolade n’est pas refermée"),
        ("{% if number", 3, "une accolade n’est pas refermée"),
        ("{% endfi %}", 3, "la balise « endfi » n’existe pas ou n’est pas à sa place"),
        ("{{ number }", 3, "une accolade est mal écrite"),
        ("{{ number|gras }}", 3, "le filtre « gras » n’existe pas"),
        ("{{ number|safe }}", 3, "le filtre « safe » n’existe pas"),
        ("{# jamais fermé", 3, "un commentaire « {# » n’est pas refermé par « #} »"),
        ("{{ meetings[0] }}", 3, "ce champ se lit par ses parties, par exemple « meeting.title »"),
        ("{% include 'layout.txt.j2' %}", 3, "un modèle ne peut pas en inclure un autre"),
        ("{{ 'x' * 10**9 }}", 3, "l’opération « ** » n’est pas permise ici"),
        ("{{ 'x' * 1000000000 }}", 3, "l’opération « * » n’est pas permise ici"),
        ("{{ '%999999999d' % 1 }}", 3, "l’opération « % » n’est pas permise ici"),
        ("{% for i in range(10) %}x{% endfor %}", 3, "le champ « range » n’existe pas ; vouliez-vous dire « rank » ?"),
    ],
)
def test_a_mistake_is_told_in_french_with_its_line(folder: Path, body: str, line: int, what: str) -> None:
    found = fault(folder, f"Objet: x\n\n{body}\n")
    assert (found.where, found.what) == (f"mail_templates/laureat.md.j2:{line}", typography(what))


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ number.__class__.__base__.__subclasses__() }}",
        "{{ self._TemplateReference__context }}",
        "{{ number.format(number) }}",
        "{{ 'a'.ljust(1000000000) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ ().__class__ }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ 1 / 0 }}",
        "{% for a in number %}{% for b in greeting %}" * 3 + "{{ greeting }}" * 40 + "{% endfor %}{% endfor %}" * 3,
    ],
)
def test_a_template_can_neither_look_outside_nor_run_away(folder: Path, attack: str) -> None:
    assert fault(folder, f"Objet: x\n\n{attack}").where.startswith("mail_templates/laureat.md.j2")


@pytest.mark.parametrize("source", ["", "Bonjour\n", "Objet:\n\nTexte", "\n\nTexte\nObjet: x"])
def test_a_letter_without_a_subject_is_refused(folder: Path, source: str) -> None:
    found = fault(folder, source)
    assert found.where == "mail_templates/laureat.md.j2:1"
    assert found.what == f"la première ligne doit être «{NB}Objet{NB}:{NB}» suivi de l’objet"


def test_a_file_that_is_gone_or_not_utf_8_is_a_fault_of_that_letter_only(folder: Path) -> None:
    (folder / "laureat.md.j2").unlink()
    (folder / "digest.md.j2").write_bytes("Objet: Été\n".encode("cp1252"))
    assert [str(found) for found in Letterhead(folder).faults()] == [
        "mail_templates/laureat.md.j2: ce modèle de courrier est introuvable",
        "mail_templates/digest.md.j2: ce fichier n’est pas enregistré en UTF-8",
    ]


def test_a_folder_where_a_file_should_be_cannot_be_read_now(folder: Path) -> None:
    (folder / "laureat.md.j2").unlink()
    (folder / "laureat.md.j2").mkdir()
    with pytest.raises(Unavailable, match="laureat.md.j2 cannot be read"):
        Letterhead(folder).write("laureat", "", values())


def test_check_finds_a_mistake_in_a_branch_and_in_a_calls_own_files(folder: Path) -> None:
    own = folder / "exemple-2017"
    own.mkdir()
    (own / "laureat.md.j2").write_text("Objet: x\n\n{% if not pieces %}\n{{ faute }}\n{% endif %}", encoding="utf-8")
    (own / "laureats.md.j2").write_text("Objet: x\n\ny", encoding="utf-8")
    assert [found.where for found in Letterhead(folder).faults()] == [
        "mail_templates/exemple-2017/laureats.md.j2",
        "mail_templates/exemple-2017/laureat.md.j2:4",
    ]


def test_a_fault_of_the_layout_names_the_layout(folder: Path) -> None:
    (folder / "layout.html.j2").write_text("<p>\n{{ pied }}</p>", encoding="utf-8")
    (found, *_) = Letterhead(folder).faults()
    assert found.where == "mail_templates/layout.html.j2:2"


def test_a_text_without_end_is_refused(folder: Path) -> None:
    found = fault(folder, "Objet: x\n\n" + "mot " * 15_000)
    assert found.what == "le texte dépasse 50000 caractères"
