"""The shared mailbox over IMAP, read only: EXAMINE and BODY.PEEK, UIDs and our own constants, nothing else on the wire.

The only package that knows imapclient. What a mail means, and what was seen before, is left to intake and the ledger.
Nothing is ever deleted or expunged.
"""

from pipeline.adapters.mailbox.box import ImapMailbox
from pipeline.adapters.mailbox.server import MailServer

__all__ = ["ImapMailbox", "MailServer"]
