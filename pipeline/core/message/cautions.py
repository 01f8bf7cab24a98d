"""What a person must know of a message before trusting that everything was read. French sentences for the tracker."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from pipeline.core.message.model import Document
from pipeline.core.message.names import extension

_URL = re.compile(r"https?://[^\s<>\"'\])]{4,1000}", re.IGNORECASE)
_TRANSFER_HOSTS = (
    *("wetransfer.com", "we.tl", "fromsmash.com", "transfernow.net", "grosfichiers.com", "swisstransfer.com"),
    *("dropbox.com", "db.tt", "drive.google.com", "docs.google.com", "1drv.ms", "onedrive.live.com", "sharepoint.com"),
    *(
        "mega.nz",
        "box.com",
        "transfert.free.fr",
        "dl.free.fr",
        "filesender.renater.fr",
        "framadrop.org",
        "framadrive.org",
    ),
    *("francetransfert.numerique.gouv.fr", "melanissimo.developpement-durable.gouv.fr", "1fichier.com", "sendgb.com"),
    *(
        "transferxl.com",
        "hightail.com",
        "myairbridge.com",
        "kdrive.infomaniak.com",
        "mediafire.com",
        "send-anywhere.com",
    ),
    *("transfertpro.com", "uptobox.com", "hubic.com", "ufile.io", "filemail.com", "oodrive.com", "oodrive.fr"),
)
_TRANSFER_WORD = re.compile(
    r"(?:^|[.-])(?:transfert?s?|filesender|sendfiles?|partage-?fichiers?|depot-?fichiers?)(?:[.-]|$)"
)
_FILE_LINK = re.compile(r"\.(?:zip|rar|7z|pdf|docx?|odt|pptx?|odp|xlsx?|ods)$", re.IGNORECASE)
_RISKY = {
    *(".docm", ".xlsm", ".pptm", ".dotm", ".html", ".htm", ".svg", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta"),
    *(".exe", ".scr", ".com", ".bat", ".cmd", ".pif", ".lnk", ".jar", ".msi", ".ps1", ".iso", ".img", ".dll", ".cpl"),
}
_PGP = "-----BEGIN PGP MESSAGE-----"


def link_cautions(text: str, links: Sequence[str]) -> Iterator[str]:
    """Files that wait elsewhere, often for some days only."""
    hosts: dict[str, None] = {}
    for address in [*_URL.findall(text)[:500], *links]:
        host, path = _host_and_path(address)
        if host and (_is_transfer(host) or (address in text and _FILE_LINK.search(path))):
            hosts.setdefault(host)
    return (f"Lien de transfert à ouvrir à la main\u00a0: {host}" for host in list(hosts)[:5])


def document_cautions(documents: Sequence[Document], text: str) -> Iterator[str]:
    """Pieces that no program should open, or that only a person can."""
    for document in documents:
        if extension(document.name) in _RISKY:
            yield f"Pièce à ouvrir avec prudence\u00a0: {document.name}"
        elif extension(document.name) == ".msg":
            yield f"Message Outlook joint, à ouvrir à la main\u00a0: {document.name}"
        if not document.content:
            yield f"Pièce vide\u00a0: {document.name}"
    if _PGP in text:
        yield "Contenu chiffré, à ouvrir à la main"


def _host_and_path(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address.rstrip(".,;:!?»"))
        return (parts.hostname or "").removeprefix("www."), parts.path
    except ValueError:
        return "", ""


def _is_transfer(host: str) -> bool:
    known = any(host == each or host.endswith("." + each) for each in _TRANSFER_HOSTS)
    return known or bool(_TRANSFER_WORD.search(host))
