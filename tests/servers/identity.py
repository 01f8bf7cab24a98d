"""Microsoft's and Google's token endpoints, played on 127.0.0.1 over HTTPS; and what a mail server asks of a token.

What is signed is verified here by another library than the one that signs (PyJWT, with the public key alone).
"""

import base64
import hashlib
import json
import ssl
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

TENANT, CLIENT, SECRET = "example.onmicrosoft.test", "11111111-2222-3333-4444-555555555555", "app-s3cret-word"
PERSON = "marie.durand@cerdd.example"
MAIL = "https://mail.google.com/"
# What a token must be asked for to open a mailbox: by an application, by a person, at Google.
MAIL_SCOPES = ("https://outlook.office365.com/", "https://outlook.office.com/IMAP", MAIL)
DEVICE, BEARER = "urn:ietf:params:oauth:grant-type:device_code", "urn:ietf:params:oauth:grant-type:jwt-bearer"
Answer = tuple[int, dict[str, Any]]


@dataclass
class Identity:
    """The endpoints; a context manager. Good tokens open `mailbox` only."""

    context: ssl.SSLContext
    mailbox: str
    secret: str = SECRET
    public_key: str = ""  # PEM: that of the application's certificate, or of the service account
    audience: str = ""  # given instead of the one asked for
    lifetime: int = 3600
    refusal: dict[str, str] = field(default_factory=dict)  # what every request for a token is answered
    status: int = 400
    pending: int = 1  # how often the device code is answered "not yet"
    grants: list[str] = field(default_factory=list)  # the grant types asked for, in order
    challenge: str = ""
    device_scope: str = ""
    tokens: dict[str, str] = field(default_factory=dict)  # access token → the scope it is good for
    refresh_tokens: set[str] = field(default_factory=set)
    authorizations: set[str] = field(default_factory=set)  # the headers of that name that came
    issued: set[str] = field(default_factory=set)  # every token there ever was
    down: bool = False  # connections are cut without an answer
    introspects: bool = True  # else mail servers learn nothing of a token

    def __post_init__(self) -> None:
        self._numbers = count(1)
        self._secure = self._serving(self.context)
        self._plain = self._serving(None)
        self.url = f"https://127.0.0.1:{self._secure.server_port}"
        self.introspection = f"http://127.0.0.1:{self._plain.server_port}/introspect"

    def __enter__(self) -> "Identity":
        return self

    def __exit__(self, *fault: object) -> None:
        for server in (self._secure, self._plain):
            server.shutdown()
            server.server_close()

    def revoke(self) -> None:
        """The access tokens given so far are good no longer; refresh tokens are."""
        self.tokens.clear()

    def withdraw(self) -> None:
        """Consent is lost: neither kind is good."""
        self.tokens.clear()
        self.refresh_tokens.clear()

    def takes(self, user: str, token: str) -> bool:
        """What a mail server makes of a token."""
        scopes = self.tokens.get(token, "").split()
        return user == self.mailbox and any(scope.startswith(MAIL_SCOPES) for scope in scopes)

    @property
    def secrets(self) -> set[str]:
        """Everything that must never be seen in a log."""
        return {self.secret, *self.issued}

    def answer(self, path: str, asked: dict[str, str]) -> Answer:
        if path == "/introspect":
            if not self.introspects:
                return 500, {}
            token = asked.get("token", "")
            good = self.takes(self.mailbox, token)
            return 200, {"active": good, "username": self.mailbox} if good else {"active": False}
        if path.endswith("/.well-known/openid-configuration"):
            return self._configuration(path)
        if path.endswith("/devicecode"):
            self.device_scope = asked["scope"]
            return 200, {
                "device_code": self._issued("device"),
                "user_code": "ABCD-1234",
                "verification_uri": f"{self.url}/device",
                "expires_in": 60,
                "interval": 0.05,
            }
        self.grants.append(asked.get("grant_type", ""))
        if self.refusal:
            return self.status, self.refusal
        return self._granted(path, asked)

    def _configuration(self, path: str) -> Answer:
        tenant = path.split("/")[1]
        if tenant != TENANT:
            return 400, {"error": "invalid_tenant", "error_description": "AADSTS90002: Tenant not found."}
        base = f"{self.url}/{tenant}"
        return 200, {
            "issuer": f"{base}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
        }

    def _granted(self, path: str, asked: dict[str, str]) -> Answer:
        match asked.get("grant_type"):
            case "client_credentials":
                return self._application(path, asked)
            case "refresh_token":
                if asked["refresh_token"] not in self.refresh_tokens:
                    return 400, {
                        "error": "invalid_grant",
                        "error_description": "AADSTS50173: The grant has expired. Trace ID: 1",
                    }
                return self._given(asked.get("scope", MAIL), with_refresh="/google" not in path)
            case kind if kind == DEVICE:
                self.pending -= 1
                if self.pending >= 0:
                    return 400, {"error": "authorization_pending"}
                return self._given(self.device_scope, with_refresh=True)
            case "authorization_code":
                good = asked["code"] == "g00d-code" and challenge_of(asked["code_verifier"]) == self.challenge
                refused = 400, {"error": "invalid_grant", "error_description": "Malformed auth code."}
                return self._given(MAIL, with_refresh=True) if good else refused
            case kind if kind == BEARER:
                return self._service_account(asked["assertion"])
        return 400, {"error": "unsupported_grant_type"}

    def _application(self, path: str, asked: dict[str, str]) -> Answer:
        if "client_assertion" in asked:
            try:
                jwt.decode(asked["client_assertion"], self.public_key, ["PS256"], audience=f"{self.url}{path}")
            except jwt.PyJWTError:
                return 401, {"error": "invalid_client", "error_description": "AADSTS700027: Bad signature."}
        elif asked.get("client_secret") != self.secret:
            description = "AADSTS7000222: The provided client secret keys are expired. Trace ID: 1"
            return 401, {"error": "invalid_client", "error_description": description}
        return self._given(asked["scope"])

    def _service_account(self, assertion: str) -> Answer:
        try:
            # google-auth names Google here, wherever the token is asked for.
            claims = jwt.decode(assertion, self.public_key, ["RS256"], audience="https://oauth2.googleapis.com/token")
        except jwt.PyJWTError:
            return 400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
        if claims["sub"] != self.mailbox:
            return 401, {"error": "unauthorized_client", "error_description": "Client is unauthorized."}
        return self._given(claims["scope"])

    def _given(self, scope: str, with_refresh: bool = False) -> Answer:
        access, refresh = self._issued("access"), self._issued("refresh")
        self.tokens[access] = self.audience or scope
        answer: dict[str, Any] = {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": self.lifetime,
            "scope": scope,
        }
        if with_refresh:
            self.refresh_tokens.add(refresh)
            claims = {"aud": CLIENT, "iss": self.url, "sub": "1", "oid": "1", "preferred_username": PERSON}
            claims |= {"exp": 4_000_000_000, "iat": 1_000_000_000, "tid": "tenant"}
            told = {"uid": "1", "utid": "tenant"}
            answer |= {
                "refresh_token": refresh,
                "id_token": jwt.encode(claims, "unused-key-of-a-token-nobody-verifies"),
                "client_info": base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("="),
            }
        return 200, answer

    def _issued(self, kind: str) -> str:
        self.issued.add(token := f"{kind}-t0ken-{next(self._numbers)}")
        return token

    def _serving(self, context: ssl.SSLContext | None) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        server.daemon_threads = True
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return server


def challenge_of(verifier: str) -> str:
    """RFC 7636: what the page was shown of a verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def handler_of(identity: Identity) -> type[BaseHTTPRequestHandler]:
    """JSON in answer to forms and to queries."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._say(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._say(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

        def _say(self, form: str) -> None:
            if identity.down:
                self.close_connection = True
                return
            if "Authorization" in self.headers:
                identity.authorizations.add(self.headers["Authorization"])
            asked = {key: values[0] for key, values in parse_qs(form).items()}
            status, said = identity.answer(urlsplit(self.path).path, asked)
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            pass

    return Handler
