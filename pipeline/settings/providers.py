"""[microsoft365] and [google]: what a log-in by token needs to know. Who uses them is left to `pipeline_file`."""

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from pipeline.settings.words import ExistingFile, Filled, OneLine, OptionalFile, Section, web_address

MICROSOFT = "https://login.microsoftonline.com"


def _secure(text: str) -> str:
    if not web_address(text).startswith("https://"):
        raise ValueError(f"expected an address such as {MICROSOFT}")
    return text


def _no_path(text: str) -> str:
    if not text.replace("-", "").replace(".", "").isalnum():
        raise ValueError("expected an ID of the Entra admin centre, such as 11111111-2222-3333-4444-555555555555")
    return text


Identifier = Annotated[Filled, AfterValidator(_no_path)]


class Microsoft365Section(Section):
    """Without secret and certificate a person signs in: `check --sign-in`."""

    tenant: Identifier
    client_id: Identifier
    secret_env: OneLine = ""
    secret_file: OptionalFile = ""
    certificate_file: OptionalFile = ""
    authority: Annotated[str, AfterValidator(_secure)] = MICROSOFT
    ca_file: ExistingFile = ""

    @field_validator("certificate_file")
    @classmethod
    def _one_proof(cls, file: str, info: ValidationInfo) -> str:
        if file and (info.data.get("secret_env") or info.data.get("secret_file")):
            raise ValueError("the application has a secret already; keep one of the two")
        return file

    @property
    def has_secret(self) -> bool:
        return bool(self.secret_env or self.secret_file)


class GoogleSection(Section):
    """Of the two files one is needed; with client_file a person signs in: `check --sign-in`."""

    service_account_file: OptionalFile = ""
    client_file: OptionalFile = Field(default="", validate_default=True)
    ca_file: ExistingFile = ""

    @field_validator("client_file")
    @classmethod
    def _one_file(cls, file: str, info: ValidationInfo) -> str:
        if bool(file) == bool(info.data.get("service_account_file", not file)):
            wanted = "name the key of a service account in service_account_file, or here the client of an installed app"
            raise ValueError(f"{'both are' if file else 'neither is'} given; {wanted}")
        return file
