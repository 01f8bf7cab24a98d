"""A certificate authority of our own and a certificate for 127.0.0.1, made by openssl in a temporary folder."""

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")

AUTHORITY = """\
[ca]
default_ca = ours
[ours]
database = {folder}/index
serial = {folder}/serial
new_certs_dir = {folder}
default_md = sha256
policy = any
x509_extensions = server
[any]
commonName = supplied
[server]
subjectAltName = {names}
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
authorityKeyIdentifier = keyid
subjectKeyIdentifier = hash
basicConstraints = CA:FALSE
"""


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


def make_certificate(
    folder: Path, names: str = "DNS:localhost,IP:127.0.0.1", period: tuple[str, str] | None = None
) -> Certificate:
    """Make both in `folder`; good for two days, or for a `period` such as ("20200101000000Z", "20200102000000Z")."""
    files = Certificate(folder / "ca.pem", folder / "cert.pem", folder / "key.pem")
    authority_key = str(folder / "ca-key.pem")
    openssl(
        *("req", "-x509", *NEW_KEY, "-days", "2", "-subj", "/CN=Test authority", "-keyout", authority_key),
        *("-addext", "keyUsage=critical,keyCertSign,cRLSign", "-out", str(files.ca_file)),
    )
    request, configuration = folder / "request.pem", folder / "authority.cnf"
    openssl("req", *NEW_KEY, "-subj", "/CN=localhost", "-keyout", str(files.key_file), "-out", str(request))
    configuration.write_text(AUTHORITY.format(folder=folder, names=names))
    (folder / "index").write_text("")
    (folder / "serial").write_text("02\n")
    when = ("-startdate", period[0], "-enddate", period[1]) if period else ("-days", "2")
    openssl(
        *("ca", "-batch", "-notext", "-config", str(configuration), "-in", str(request), "-out", str(files.cert_file)),
        *("-cert", str(files.ca_file), "-keyfile", authority_key, *when),
    )
    return files


def openssl(*words: str) -> None:
    done = subprocess.run(["openssl", *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
