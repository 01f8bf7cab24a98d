"""SMTP: one letter, one recipient, one attempt. The only package that knows yagmail.

Which letter leaves when, and what an answer means, is left to dispatch and `core.delivery`.
"""

from pipeline.adapters.postman.smtp import SmtpPostman, SmtpServer, dotted

__all__ = ["SmtpPostman", "SmtpServer", "dotted"]
