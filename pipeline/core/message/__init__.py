"""Raw bytes of a mail → Message, or Unreadable with the reason. Deciding what it means is left to `triage`.

`structure` cuts the bytes into parts (`part`), within limits, with `lines` and `mending`; `headers`, `addresses` and
`names` read header values; `body` and `quotes` find the writer's words; `pieces` finds the documents; `reports` reads
bounces; `reader` joins them.
"""

from pipeline.core.message.model import Address, DeliveryReport, Document, Message, Unreadable
from pipeline.core.message.reader import read_message, unreadable

__all__ = ["Address", "DeliveryReport", "Document", "Message", "Unreadable", "read_message", "unreadable"]
