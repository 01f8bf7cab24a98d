"""How we log in: a password, or a token of Microsoft's or Google's. None of them ever in a log, in a repr, in a line.

The only package that knows msal, google-auth and requests, each imported where it is used: they are optional extras.
What a mail server makes of a log-in is left to mailbox and postman.
"""

from pipeline.adapters.credentials.google import Google, GoogleAccess
from pipeline.adapters.credentials.hidden import HiddenText
from pipeline.adapters.credentials.login import Credentials, Login, LoginRefused, Provider, Secret, TokenCredentials
from pipeline.adapters.credentials.microsoft365 import EntraApplication, Microsoft365
from pipeline.adapters.credentials.patience import Patience

__all__ = [
    "Credentials",
    "EntraApplication",
    "Google",
    "GoogleAccess",
    "HiddenText",
    "Login",
    "LoginRefused",
    "Microsoft365",
    "Patience",
    "Provider",
    "Secret",
    "TokenCredentials",
]
