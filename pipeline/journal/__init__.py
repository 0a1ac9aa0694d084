"""The ledger: events in a hash chain, mails seen, letters to send. Knows no mail server and no Excel."""

from pipeline.journal.book import Entry, Journal
from pipeline.journal.chain import read_stamp, stamp
from pipeline.journal.outbox import LetterRow
from pipeline.journal.rows import MailRow, RequestRow, TokenRow

__all__ = ["Entry", "Journal", "LetterRow", "MailRow", "RequestRow", "TokenRow", "read_stamp", "stamp"]
