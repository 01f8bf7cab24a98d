"""The text of documents, and the documents that would harm their reader."""

import io
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.adapters.documents import DocumentReader
from pipeline.adapters.documents.pdf import pdf_text
from pipeline.adapters.documents.pdf_process import PdfProcess
from pipeline.core.message import Document

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OPEN = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def pdf(words: str, pages: int = 1) -> bytes:
    """A PDF with these words on each page."""
    stream = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode("cp1252")
    kids = " ".join(f"{number} 0 R" for number in range(5, 5 + pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
        *([page] * pages),
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        len(out),
    )


def packed(**members: bytes | str) -> bytes:
    """A zip; "__" stands for "/" and "_" for "." in the names."""
    return zipped({name.replace("__", "/").replace("_", "."): content for name, content in members.items()})


def zipped(members: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx(body: str, header: str = "") -> bytes:
    members: dict[str, bytes | str] = {"word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>"}
    if header:
        members["word/header1.xml"] = f"<w:hdr {WORD}>{paragraph(header)}</w:hdr>"
    return zipped(members)


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def odt(body: str) -> bytes:
    return zipped(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": f"<office:d {OPEN}>{body}</office:d>"}
    )


@pytest.fixture(scope="module")
def reader() -> Iterator[DocumentReader]:
    reader = DocumentReader()
    yield reader
    reader.close()


def text(reader: DocumentReader, content: bytes, name: str = "piece.bin") -> str:
    return reader.text(Document(name, "application/octet-stream", content))


def test_pdf_text_is_read(reader: DocumentReader) -> None:
    assert text(reader, pdf("Candidature de la mairie")) == "Candidature de la mairie"


def test_accents_of_a_pdf_are_read(reader: DocumentReader) -> None:
    assert text(reader, pdf("Délibération à Étaples")) == "Délibération à Étaples"


def test_only_the_first_pages_of_a_pdf_are_read() -> None:
    assert pdf_text(pdf("page", pages=40)).count("page") == 30


def test_a_scanned_pdf_has_no_text(reader: DocumentReader) -> None:
    assert text(reader, pdf("")) == ""


@pytest.mark.parametrize("damage", [slice(0, 300), slice(0, 8), slice(50, 400)], ids=["cut", "empty", "headless"])
def test_a_damaged_pdf_has_no_text(reader: DocumentReader, damage: slice) -> None:
    assert text(reader, b"%PDF-1.4\n" + pdf("x")[damage]) == ""


def test_docx_is_read_with_its_header_and_tables(reader: DocumentReader) -> None:
    cells = "".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in ("Contact", "Zoé Petit"))
    table = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    body = "<w:p><w:r><w:t>Nous </w:t><w:t>candidatons</w:t><w:br/><w:t>ici</w:t><w:delText>non</w:delText></w:r></w:p>"
    lines = text(reader, docx(body + table, header="Ville d'Étaples")).split("\n")
    assert [line for line in lines if line] == ["Ville d'Étaples", "Nous candidatons", "ici", "Contact", "Zoé Petit"]


def test_text_boxes_of_a_docx_are_read_once(reader: DocumentReader) -> None:
    box = f"<x><Choice>{paragraph('Encart')}</Choice><Fallback>{paragraph('Encart')}</Fallback></x>"
    assert text(reader, docx(box)) == "Encart"


def test_odt_is_read_with_its_tables(reader: DocumentReader) -> None:
    cell = "<table:table-cell><text:p>Contact<text:s/>Zoé</text:p></table:table-cell>"
    body = f"<text:h>Titre</text:h><text:p>Nous <text:span>candi</text:span>datons</text:p>{cell}"
    assert text(reader, odt(body)) == "Titre\nNous candidatons\nContact Zoé"


def test_plain_text_is_read_whatever_its_charset(reader: DocumentReader) -> None:
    assert text(reader, "Délibération".encode("cp1252"), "note.txt") == "Délibération"


def test_what_holds_no_text_gives_none(reader: DocumentReader) -> None:
    assert text(reader, b"\xff\xd8\xff\xe0", "photo.jpg") == ""
    assert text(reader, b"", "vide.pdf") == ""


def test_files_of_an_archive_are_read_one_level_down(reader: DocumentReader) -> None:
    inner = packed(note_txt="dedans", loin_zip=packed(trop_txt="trop loin"))
    archive = packed(
        a_txt="lettre", b_docx=docx(paragraph("dossier")), c_pdf=pdf("carte"), d_zip=inner, e_jpg=b"\xff\xd8"
    )
    assert text(reader, archive, "dossier.zip") == "lettre\n\ndossier\n\ncarte\n\ndedans"


def test_one_damaged_file_does_not_cost_the_others(reader: DocumentReader) -> None:
    assert text(reader, packed(a_docx=b"PK\x03\x04junk", b_txt="lettre")) == "lettre"


def test_a_bomb_is_not_unpacked(reader: DocumentReader) -> None:
    assert text(reader, packed(a_txt=b"a" * 20_000_000, b_txt="lettre")) == "lettre"
    assert text(reader, zipped({"word/document.xml": b" " * 20_000_000})) == ""


def test_a_lying_size_does_not_pass(reader: DocumentReader) -> None:
    content = zipped({"a.txt": os.urandom(100_000)})
    assert text(reader, content.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))) == ""


def test_only_so_many_files_are_unpacked(reader: DocumentReader) -> None:
    members: dict[str, bytes | str] = {f"{number:03}.txt": "x" for number in range(80)}
    assert text(reader, zipped(members)).count("x") == 50


def test_files_that_pass_one_by_one_are_not_unpacked_beyond_what_all_may_take(reader: DocumentReader) -> None:
    half = (os.urandom(2_000) + bytes(98_000)) * 260  # 26 MB, packed 50 to 1
    assert text(reader, zipped({"a.bin": half, "b.txt": "lettre"})) == "lettre"
    assert text(reader, zipped({"a.bin": half, "b.bin": half, "c.txt": "lettre"})) == "lettre"


def test_a_file_with_a_password_is_left_and_the_others_are_read(reader: DocumentReader) -> None:
    content = bytearray(packed(a_txt="secret", b_txt="lettre"))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert text(reader, bytes(content)) == "lettre"


def test_folders_and_what_a_mac_adds_to_an_archive_are_no_files(reader: DocumentReader) -> None:
    members: dict[str, bytes | str] = {
        "dossier/": "",
        "__MACOSX/._lettre.txt": "Mac OS X",
        "dossier/lettre.txt": "lettre",
    }
    assert text(reader, zipped(members)) == "lettre"


def test_enough_text_of_an_archive_is_enough(reader: DocumentReader) -> None:
    found = text(reader, packed(a_txt="mot " * 13_000, b_txt="autre"))
    assert (len(found), "autre" in found) == (50_000, False)


def test_html_is_read_as_it_is_shown(reader: DocumentReader) -> None:
    page = "<meta charset=iso-8859-1><title>x</title><p>Délibération</p><script>y</script><p>du conseil</p>"
    assert text(reader, page.encode("latin-1"), "Page.HTM") == "Délibération\n\ndu conseil"


def test_an_archive_of_too_many_entries_is_refused(reader: DocumentReader) -> None:
    assert text(reader, packed(a_txt="lettre") + b"PK\x01\x02" * 10_001) == ""


def test_entities_of_xml_are_refused(reader: DocumentReader) -> None:
    bomb = (
        f'<!DOCTYPE d [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><w:document {WORD}><w:p><w:t>&b;</w:t></w:p></w:document>'
    )
    assert text(reader, zipped({"word/document.xml": bomb})) == ""


def test_deep_xml_is_read(reader: DocumentReader) -> None:
    deep = "<x>" * 4_000 + paragraph("au fond") + "</x>" * 4_000
    assert text(reader, docx(deep)) == "au fond"


def test_long_text_is_cut(reader: DocumentReader) -> None:
    assert len(text(reader, b"mot " * 100_000, "long.txt")) == 50_000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_parser_in_a_loop_ends_by_itself_when_its_owner_is_gone() -> None:
    loop = "from pipeline.adapters.documents.pdf import limit_processor\nlimit_processor(1)\nwhile True: pass"
    ended = subprocess.run([sys.executable, "-c", loop], cwd=Path(__file__).parents[2], timeout=60, check=False)
    assert ended.returncode == -signal.SIGXCPU


def test_a_pdf_that_takes_too_long_is_given_up_and_the_next_one_is_read() -> None:
    process = PdfProcess(longest_reading=0.001)
    assert process.text(pdf("lettre")) == ""
    patient = PdfProcess()
    assert [patient.text(pdf("lettre")), patient.text(pdf("carte"))] == ["lettre", "carte"]
    patient.close()
    assert patient.text(pdf("lettre")) == "lettre"
    patient.close()
