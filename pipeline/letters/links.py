"""The mailto: links of the buttons: a prepared answer that the approver only has to send. Opens nothing."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class AnswerLinks:
    """Makes links that prefill an answer to one letter (RFC 6068)."""

    to: str
    #: of the letter that is answered
    subject: str
    #: the line under the answer that names the request and its code
    foot: str

    def __call__(self, answer: str) -> str:
        """A mailto: link to an answer: all but the address percent-encoded, lines ended with CR LF."""
        body = f"{answer}\n\n{self.foot}".replace("\n", "\r\n")
        subject = quote(f"Re: {self.subject}", safe="")
        return f"mailto:{quote(self.to, safe='@')}?subject={subject}&body={quote(body, safe='')}"
