"""The secret code of an approval mail: what is bound into it, and how it is found again in an answer."""

import hashlib
import hmac
import json
import re
from dataclasses import astuple, dataclass
from datetime import datetime

from pipeline.model import Mail

#: 26 characters of Crockford's base 32 (no I, L, O, U) hold 128 bits and survive being read aloud.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE = re.compile(r"(?<![0-9A-Za-z])(AK\d{1,3}-[0-9A-HJKMNP-TV-Z]{26})(?![0-9A-Za-z])", re.IGNORECASE)


@dataclass(frozen=True)
class Binding:
    """Everything a token stands for. Another request, revision, content, person or time is another token."""

    ref: str
    revision: int
    round: int
    digest: str
    approver: str
    expires: datetime


def mint_code(binding: Binding, key: bytes, key_id: int) -> str:
    """The code for this binding under this key. The same binding always gives the same code."""
    plain = json.dumps([key_id, *map(str, astuple(binding))], ensure_ascii=False)
    number = int.from_bytes(hmac.digest(key, plain.encode(), hashlib.sha256)[:16], "big")
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))
    return f"AK{key_id}-{letters}"


def code_holds(code: str, binding: Binding, keys: dict[int, bytes]) -> bool:
    """Was `code` made for exactly this binding with the key it names? Compared in constant time."""
    key_id = int(code[2 : code.index("-")])
    if key_id not in keys:
        return False
    return hmac.compare_digest(code.encode(), mint_code(binding, keys[key_id], key_id).encode())


def find_codes(text: str) -> tuple[str, ...]:
    """Every code in `text`, upper case, in order, each once."""
    return tuple(dict.fromkeys(match.upper() for match in CODE.findall(text)))


@dataclass(frozen=True)
class Carried:
    """The codes an answer carries, by place. Which one counts is decided in the order of the fields."""

    in_reply_to: tuple[str, ...]
    subject: tuple[str, ...]
    body: tuple[str, ...]
    references: tuple[str, ...]

    @property
    def chosen(self) -> tuple[str, ...]:
        """The codes of the most telling place: one means clear, several mean that nobody can say which."""
        return next(
            (codes for codes in (self.in_reply_to, self.subject, self.body, self.references) if codes), ()
        )

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.in_reply_to + self.subject + self.body + self.references))


def carried_codes(mail: Mail, body: str) -> Carried:
    """The codes in the threading headers, the subject and `body` (the mail's text, quotes included)."""
    return Carried(
        in_reply_to=find_codes(" ".join(mail.in_reply_to)),
        subject=find_codes(mail.subject),
        body=find_codes(body),
        references=find_codes(" ".join(mail.references)),
    )
