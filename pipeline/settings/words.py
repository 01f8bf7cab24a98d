"""The kinds of value a configuration file holds, and what makes each impossible. Which key is which is left to others.

Each check returns the value as it is used, or raises ValueError with what was expected.
"""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from pipeline.core.regions import REGIONS

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_DOMAIN = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
_ADDRESS = re.compile(rf"[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+)*@{_DOMAIN}")
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
_PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,9}")
_REGION = re.compile(r"\d\d")
_WEB = re.compile(r"https?://[^\s/?#]+\S*")
# Windows opens a device under these names, in any folder and with any ending.
RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)


class Section(BaseModel):
    """A table of the file: unknown keys and other types than the contract's are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


def one_line(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("expected a text on one line, without control characters")
    return text


def filled(text: str) -> str:
    if not text.strip():
        raise ValueError("empty; a text is needed")
    return text


def address(text: str) -> str:
    if not _ADDRESS.fullmatch(text) or len(text) > 254:
        raise ValueError("expected an e-mail address such as agoxe@cerdd.org")
    return text.lower()


def domain_name(text: str) -> str:
    if not re.fullmatch(_DOMAIN, text):
        raise ValueError("expected a domain such as cerdd.org")
    return text.lower()


def hour(text: str) -> str:
    if not _HOUR.fullmatch(text):
        raise ValueError('expected an hour such as "08:30"')
    return text


def afterwards(text: str) -> str:
    folder = one_line(text).removeprefix("move:")
    if text not in ("leave", "keyword") and (folder == text or not folder.strip() or set(folder) & set('*%"\\')):
        raise ValueError('expected "leave", "keyword" or "move:" and a folder, such as "move:AMI/Candidatures"')
    return text


def zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('unknown time zone; expected one such as "Europe/Paris"') from None
    return text


def ledger_url(text: str) -> str:
    if text and not text.startswith("postgresql+psycopg://"):
        raise ValueError('expected "" (SQLite under state) or postgresql+psycopg://…')
    return text


def web_address(text: str) -> str:
    if text and not _WEB.fullmatch(text):
        raise ValueError('expected "" or an address such as https://www.example.org/page')
    return text


def code(text: str) -> str:
    if not _CODE.fullmatch(text) or RESERVED.fullmatch(text):
        raise ValueError("expected letters, digits and hyphens, fit for a folder, such as visions21-2017")
    return text


def prefix(text: str) -> str:
    if not _PREFIX.fullmatch(text) or RESERVED.fullmatch(text):
        raise ValueError("expected 1 to 10 capital letters and digits, a letter first, such as V21")
    return text


def region(text: str) -> str:
    if not _REGION.fullmatch(text):
        raise ValueError('expected the two digits of an INSEE region code in quotes, such as "32"')
    if text not in REGIONS:
        known = ", ".join(sorted(REGIONS))
        raise ValueError(f'"{text}" is no region: expected an INSEE region code ("32" is Hauts-de-France), of {known}')
    return text


def below_root(text: Any, info: ValidationInfo) -> Any:
    """A path of the file, made absolute; the root is given by whoever validates."""
    if isinstance(text, str) and not text.strip():
        raise ValueError('empty; expected a folder, such as "var"')
    if isinstance(text, str) and _CONTROL.search(text):
        raise ValueError("expected a path on one line, without control characters")
    return (info.context or {"root": Path()})["root"] / text if isinstance(text, str | Path) else text


def _file_below_root(text: str, info: ValidationInfo) -> str:
    return str(below_root(text, info)) if text else ""


def _existing(text: str) -> str:
    if text and not Path(text).is_file():
        raise ValueError(f"there is no file {text}")
    return text


EmailAddress = Annotated[str, AfterValidator(address)]
OneLine = Annotated[str, AfterValidator(one_line)]
Filled = Annotated[str, AfterValidator(filled), AfterValidator(one_line)]
Words = Annotated[tuple[Filled, ...], Field(strict=False)]
Addresses = Annotated[tuple[EmailAddress, ...], Field(strict=False)]
Count = Annotated[int, Field(ge=1)]
Day = Annotated[date, Field(ge=date(1970, 1, 1), le=date(2199, 12, 31))]  # what is counted from it is a date too
Hour = Annotated[str, AfterValidator(hour)]
Zone = Annotated[str, AfterValidator(zone)]
OptionalWebAddress = Annotated[str, AfterValidator(web_address)]
OptionalFile = Annotated[str, AfterValidator(_file_below_root)]
ExistingFile = Annotated[str, AfterValidator(_file_below_root), AfterValidator(_existing)]
Folder = Annotated[Path, BeforeValidator(below_root), Field(validate_default=True)]
