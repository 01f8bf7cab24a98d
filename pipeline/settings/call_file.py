"""config/calls/<code>.toml as values."""

from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from pipeline.core.call import Call, Contact, Legal, Meeting
from pipeline.settings.words import (
    Day,
    EmailAddress,
    Filled,
    OneLine,
    OptionalWebAddress,
    Section,
    Words,
    code,
    prefix,
    region,
)

Code = Annotated[str, AfterValidator(code)]
Regions = Annotated[tuple[Annotated[str, AfterValidator(region)], ...], Field(strict=False)]


class PlacesSection(Section):
    min: Annotated[int, Field(ge=0)] = 0
    max: Annotated[int, Field(ge=0, validate_default=True)] = 0

    @field_validator("max")
    @classmethod
    def _in_order(cls, most: int, info: ValidationInfo) -> int:
        if most < info.data.get("min", 0):
            raise ValueError(f"{most} is less than min ({info.data['min']})")
        return most


class ContactSection(Section):
    name: Filled
    role: OneLine = ""
    organisation: OneLine = ""
    email: EmailAddress
    phone: OneLine = ""
    address: str = ""


class MeetingSection(Section):
    key: Code
    title: Filled
    date: Day


class LegalSection(Section):
    """Every mention that the law asks of an acknowledgement: none may be missing once the block is there."""

    service: Filled
    phone: Filled
    email: EmailAddress | Literal[""] = ""
    address: OneLine = ""
    silence: Literal["rejection", "acceptance"]
    silence_months: Annotated[int, Field(ge=1, le=24)] = 2
    appeal: OneLine = ""
    controller: Filled
    purpose: Filled
    legal_basis: Filled
    recipients: Filled
    dpo: Filled
    notice_url: OptionalWebAddress = ""

    @model_validator(mode="after")
    def _complete(self) -> "LegalSection":
        if not (self.address or self.email):
            raise ValueError("the service needs a postal address or an email")
        if self.silence == "rejection" and not self.appeal:
            raise ValueError("an implicit rejection needs appeal, the sentence on how to appeal")
        return self


class CallFile(Section):
    """The whole file of a call."""

    code: Code
    prefix: Annotated[str, AfterValidator(prefix)]
    title: Filled
    short_title: OneLine = ""
    opens: Day
    closes: Day
    places: PlacesSection = PlacesSection()
    keywords: Words = ()
    regions: Regions = ()
    required_documents: Words = ()
    announcement_url: OptionalWebAddress = ""
    retention_months: Annotated[int, Field(ge=1, le=1_200)] = 24
    reply_days: Annotated[int, Field(ge=0, le=365)] = 14
    contact: ContactSection
    legal: LegalSection | None = None
    meetings: Annotated[tuple[MeetingSection, ...], Field(strict=False)] = ()

    @field_validator("closes")
    @classmethod
    def _after_opening(cls, closes: date, info: ValidationInfo) -> date:
        opens = info.data.get("opens", closes)
        if closes < opens:
            raise ValueError(f"{closes} is before opens ({opens})")
        return closes

    @field_validator("meetings")
    @classmethod
    def _told_apart(cls, meetings: tuple[MeetingSection, ...]) -> tuple[MeetingSection, ...]:
        for name in ("key", "title"):
            values = [getattr(meeting, name).casefold() for meeting in meetings]
            twice = next((value for value in values if values.count(value) > 1), None)
            if twice is not None:
                raise ValueError(f'"{twice}" is the {name} of two meetings; each needs its own')
        return meetings

    def call(self, zone: ZoneInfo) -> Call:
        return Call(
            code=self.code,
            prefix=self.prefix,
            title=self.title,
            short_title=self.short_title or self.title,
            opens=self.opens,
            closes=self.closes,
            places_min=self.places.min,
            places_max=self.places.max,
            keywords=self.keywords,
            regions=self.regions,
            contact=Contact(**self.contact.model_dump()),
            zone=zone,
            meetings=tuple(Meeting(one.key, one.title, one.date) for one in self.meetings),
            required_documents=self.required_documents,
            announcement_url=self.announcement_url,
            retention_months=self.retention_months,
            reply_days=self.reply_days,
            legal=Legal(**self.legal.model_dump()) if self.legal else None,
        )
