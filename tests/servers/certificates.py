"""A certificate authority of our own and a certificate for 127.0.0.1, made by openssl in a temporary folder."""

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


@dataclass(frozen=True)
class Certificate:
    """The files of one server: its certificate, its key, and the authority that clients must trust."""

    ca_file: Path
    cert_file: Path
    key_file: Path

    def server_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert_file, self.key_file)
        return context

    def client_context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.ca_file))


def make_certificate(folder: Path) -> Certificate:
    """Make both in `folder`; good for two days, for the names localhost and 127.0.0.1."""
    files = Certificate(folder / "ca.pem", folder / "cert.pem", folder / "key.pem")
    authority_key = str(folder / "ca-key.pem")
    openssl(
        *("req", "-x509", *NEW_KEY, "-days", "2", "-subj", "/CN=Test authority", "-keyout", authority_key),
        *("-addext", "keyUsage=critical,keyCertSign,cRLSign", "-out", str(files.ca_file)),
    )
    request, extensions = folder / "request.pem", folder / "extensions"
    openssl("req", *NEW_KEY, "-subj", "/CN=localhost", "-keyout", str(files.key_file), "-out", str(request))
    extensions.write_text(
        "subjectAltName=DNS:localhost,IP:127.0.0.1\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n"
        "authorityKeyIdentifier=keyid\nsubjectKeyIdentifier=hash\nbasicConstraints=CA:FALSE\n"
    )
    openssl(
        *("x509", "-req", "-in", str(request), "-CA", str(files.ca_file), "-CAkey", authority_key, "-days", "2"),
        *("-set_serial", "2", "-extfile", str(extensions), "-out", str(files.cert_file)),
    )
    return files


def openssl(*words: str) -> None:
    done = subprocess.run(["openssl", *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
