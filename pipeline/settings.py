"""What can be set: the sections of config.yaml, each with its own rules. Reading the file is config.py's."""

import os
from datetime import date, time
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo, available_timezones

import holidays
from pydantic import Field, field_validator, model_validator

from pipeline.model import ALL_ACCESS, Language, PipelineError, System
from pipeline.settings_approval import Approval
from pipeline.settings_base import Address, DomainName, Section


class Company(Section):
    name: str = Field(min_length=1)
    language: Language = "id"
    timezone: str = "Asia/Jakarta"
    it_contact: str = "IT"

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"{value!r} is not a time zone; use a name such as Asia/Jakarta")
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Portal(Section):
    address: Address
    name: str = "Portal Akses IT"

    @field_validator("address", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value


class FolderNames(Section):
    inbox: str = "INBOX"
    processed: str = "Akses/Processed"
    returned: str = "Akses/Returned"
    ignored: str = "Akses/Ignored"
    duplicates: str = "Akses/Duplicates"
    quarantine: str = "Akses/Quarantine"

    @model_validator(mode="after")
    def _all_different(self) -> Self:
        names = list(self.model_dump().values())
        if len(set(names)) != len(names):
            raise ValueError("two folders have the same name; give each its own")
        return self


class _Server(Section):
    host: str = Field(min_length=1)
    port: int = Field(ge=1, le=65535)
    security: Literal["ssl", "starttls", "plain"] = "ssl"
    user: str = ""
    password_env: str = ""
    password_file: Path | None = None
    ca_file: str = ""

    @model_validator(mode="after")
    def _one_password(self) -> Self:
        named = [name for name in ("password_env", "password_file") if getattr(self, name)]
        if len(named) == 2:
            raise ValueError("password_env and password_file are both named; keep one")
        if self.user and not named:
            raise ValueError("user has no password; name password_env or password_file")
        return self

    def password(self) -> str:
        """The password from its environment variable or file; "" when neither is named."""
        if self.password_env:
            if self.password_env not in os.environ:
                raise PipelineError(
                    f"The environment variable {self.password_env} is not set.",
                    "Set it to the mailbox password, or name a password_file in config.yaml.",
                )
            return os.environ[self.password_env]
        if self.password_file is None:
            return ""
        try:
            return self.password_file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise PipelineError(
                f"The password file {self.password_file} cannot be read ({error.strerror}).",
                "Create it with the password as its only line, readable by the service alone.",
            ) from error


class MaildirMailbox(Section):
    kind: Literal["maildir"]
    path: Path
    folders: FolderNames = FolderNames()


class ImapMailbox(_Server):
    kind: Literal["imap"]
    folders: FolderNames = FolderNames()


class OutboxPost(Section):
    kind: Literal["outbox"]
    path: Path


class SmtpPost(_Server):
    kind: Literal["smtp"]


class SenderProof(Section):
    mode: Literal["require", "token-only"] = "require"
    authserv_ids: tuple[str, ...] = ()
    own_hosts: tuple[DomainName, ...] = ()
    arc_sealers: tuple[DomainName, ...] = ()
    microsoft365: bool = False
    microsoft365_domains: tuple[DomainName, ...] = ()
    smime: bool = False

    @model_validator(mode="after")
    def _someone_to_believe(self) -> Self:
        if self.mode == "require" and not self.authserv_ids and not self.microsoft365:
            raise ValueError(
                "mode `require` needs authserv_ids: the name your mail server writes at the start of "
                "Authentication-Results (open a received mail's source to see it)"
            )
        if self.microsoft365 and self.authserv_ids:
            raise ValueError(
                "microsoft365 and authserv_ids are both set, but Microsoft 365 names no server; set "
                "authserv_ids: [] for a mailbox there, or microsoft365: false for any other"
            )
        if self.arc_sealers and not self.authserv_ids:
            raise ValueError(
                "arc_sealers needs authserv_ids: your own mail server must have checked the seals"
            )
        if self.microsoft365_domains and not self.microsoft365:
            raise ValueError("microsoft365_domains counts only with microsoft365: true")
        return self


class Files(Section):
    state: Path = Path("state")
    directory: Path = Path("directory.xlsx")
    register_workbook: Path = Path("register/Register Akses IT.xlsx")
    register_versions: int = Field(30, ge=1, le=1000)
    register_yearly: bool = False
    reports: Path = Path("reports")
    rules: Path = Path("inbox_rules")
    templates: Path = Path("templates")


class Limits(Section):
    mail_mb: int = Field(25, ge=1, le=100)
    form_mb: int = Field(10, ge=1, le=50)
    form_memory_mb: int = Field(512, ge=256, le=8192)
    form_seconds: int = Field(20, ge=2, le=300)
    attempts: int = Field(3, ge=1, le=20)
    notices_per_hour: int = Field(30, ge=1, le=1000)


class Schedule(Section):
    poll_seconds: int = Field(60, ge=5, le=3600)
    summary_at: time = time(7, 30)
    digest_at: time = time(8, 0)
    register_alert_minutes: int = Field(120, ge=5)


class WorkdayRules(Section):
    country: str = "ID"
    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()

    @field_validator("country")
    @classmethod
    def _known_country(cls, value: str) -> str:
        code = value.strip().upper()
        try:
            holidays.country_holidays(code, years=())
        except NotImplementedError as error:
            raise ValueError(
                f"no holidays are known for {value!r}; use a code such as ID, MY or SG"
            ) from error
        return code


class FormHeader(Section):
    segment: str = ""
    process: str = ""
    sub_process: str = ""
    number: str = "SOP-IT-003"
    effective: str = ""
    revision: str = ""
    #: Left out of the dump, which is the printed head.
    accept_old: bool = Field(True, exclude=True)


class CatalogueEntry(Section):
    code: str = Field(pattern=r"^[A-Z][A-Z0-9_]*$")
    category: str
    label_id: str = Field(min_length=1)
    label_en: str = Field(min_length=1)
    also: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    end_date_required: bool = False
    max_days: int | None = Field(None, ge=1)
    conflicts: tuple[str, ...] = ()
    owner: Address | Literal[""] = ""
    risk: Literal["", "low", "medium", "high"] = ""

    def system(self) -> System:
        return System(**self.model_dump())


class Config(Section):
    """config.yaml, checked. Paths are absolute: relative ones are taken from the file's own folder."""

    company: Company
    portal: Portal
    mailbox: MaildirMailbox | ImapMailbox = Field(discriminator="kind")
    post: OutboxPost | SmtpPost = Field(discriminator="kind")
    sender_proof: SenderProof
    approval: Approval = Approval()
    files: Files = Files()
    limits: Limits = Limits()
    schedule: Schedule = Schedule()
    workdays: WorkdayRules = WorkdayRules()
    form: FormHeader = FormHeader()
    catalogue: tuple[CatalogueEntry, ...] = Field(min_length=1)

    @field_validator("catalogue")
    @classmethod
    def _codes_fit(cls, entries: tuple[CatalogueEntry, ...]) -> tuple[CatalogueEntry, ...]:
        codes = [entry.code for entry in entries]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        wrong = [f"code {', '.join(twice)} stands twice; each system needs its own"] if twice else []
        if ALL_ACCESS in codes:
            wrong.append(f"code {ALL_ACCESS} means everything an employee has; give the system another")
        strangers = sorted({other for entry in entries for other in entry.conflicts} - set(codes))
        if strangers:
            wrong.append(f"conflicts names {', '.join(strangers)}, which is no code of the catalogue")
        if wrong:
            raise ValueError("; ".join(wrong))
        return entries

    @model_validator(mode="after")
    def _steps_fit(self) -> Self:
        codes, categories = {e.code for e in self.catalogue}, {e.category for e in self.catalogue}
        for step in self.approval.steps:
            strangers = sorted({*step.systems} - codes) + sorted({*step.categories} - categories)
            if strangers:
                raise ValueError(
                    f"approval.steps {step.name!r} names {', '.join(strangers)}, which the catalogue has not"
                )
        return self

    @model_validator(mode="after")
    def _letters_leave(self) -> Self:
        mailbox, post = self.mailbox, self.post
        if isinstance(mailbox, MaildirMailbox) and isinstance(post, OutboxPost) and mailbox.path == post.path:
            raise ValueError(
                "mailbox.path and post.path are the same folder: every letter would come back as a mail"
            )
        return self

    @property
    def systems(self) -> tuple[System, ...]:
        return tuple(entry.system() for entry in self.catalogue)
