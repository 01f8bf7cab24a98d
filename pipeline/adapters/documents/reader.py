"""A document's bytes → its text. What the text says is left to `core`."""

import logging

from pipeline.adapters.documents.archives import Allowance, Container
from pipeline.adapters.documents.exchange import MOST_CHARACTERS
from pipeline.adapters.documents.office import DOCX_BODY, ODT_BODY, docx_text, odt_text
from pipeline.adapters.documents.pdf_process import PdfProcess
from pipeline.core.message import Document
from pipeline.core.message.markup import html_text, markup_of
from pipeline.core.message.wording import clean, decode

DEEPEST_ARCHIVE = 1  # archives inside an archive that are still opened
_PLAIN = (".txt", ".md", ".csv")
_HTML = (".htm", ".html")

log = logging.getLogger(__name__)


class DocumentReader:
    """Reads text out of documents; told apart by their bytes, since names and media types are the sender's claims."""

    def __init__(self) -> None:
        self._pdf = PdfProcess()

    def text(self, document: Document) -> str:
        """At most MOST_CHARACTERS characters, "" when there is no text or it cannot be read. Never raises."""
        try:
            return self._text(document.name, document.media_type, document.content, Allowance(), 0)[:MOST_CHARACTERS]
        except Exception as fault:  # a document that defeats a parser must not keep its mail from being filed
            log.info("a document of %d bytes has no readable text: %s", len(document.content), type(fault).__name__)
            return ""

    def close(self) -> None:
        """End the process that reads PDFs; it also ends with this one."""
        self._pdf.close()

    def _text(self, name: str, media_type: str, content: bytes, allowance: Allowance, depth: int) -> str:
        if b"%PDF-" in content[:1024]:
            return clean(self._pdf.text(content))
        if content.startswith(b"PK\x03\x04"):
            return self._container_text(Container(content, allowance), allowance, depth)
        lower = name.lower()
        if media_type == "text/html" or lower.endswith(_HTML):
            return html_text(markup_of(content, ""))
        if media_type == "text/plain" or lower.endswith(_PLAIN):
            return clean(decode(content[: 4 * MOST_CHARACTERS]))
        return ""

    def _container_text(self, container: Container, allowance: Allowance, depth: int) -> str:
        names = set(container.names())
        if DOCX_BODY in names:
            return clean(docx_text(container))
        if ODT_BODY in names:
            return clean(odt_text(container))
        if depth > DEEPEST_ARCHIVE or "[Content_Types].xml" in names:
            return ""
        return "\n\n".join(filter(None, self._inner_texts(container, allowance, depth)))

    def _inner_texts(self, container: Container, allowance: Allowance, depth: int) -> list[str]:
        found: list[str] = []
        for name, content in container.files():
            try:
                found.append(self._text(name, "", content, allowance, depth + 1))
            except Exception as fault:  # one bad file does not cost the others
                log.info("a file in an archive has no readable text: %s", type(fault).__name__)
            if sum(map(len, found)) > MOST_CHARACTERS:
                break
        return found
