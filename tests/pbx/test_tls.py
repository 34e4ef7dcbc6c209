"""A PBX with a certificate of its own: trusted when its authority is given, else told as such."""

import datetime
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dashboard.pbx import PbxClient, PbxUnreachable

TOKEN = "0" * 40
OK = b'{"status":1,"result":[]}'


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost that signs itself, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return cert_file, key_file


@pytest.fixture
def port(certificate: tuple[Path, Path]) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(OK)

        def log_message(self, *args: object) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *args: object) -> None:
            """A client that hangs up in the handshake is what some tests are about."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with Server(("127.0.0.1", 0), Handler) as httpd:
        httpd.socket = context.wrap_socket(httpd.socket, server_side=True)
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield httpd.server_port
        httpd.shutdown()
        thread.join()


def test_a_certificate_of_a_given_authority_is_trusted(port, certificate):
    with PbxClient(base_url=f"https://localhost:{port}", token=TOKEN, ca_file=certificate[0]) as client:
        assert client.statistics.rt_queues() == {}


def test_a_certificate_of_an_unknown_authority_is_told_as_such(port):
    with (
        PbxClient(base_url=f"https://localhost:{port}", token=TOKEN) as client,
        pytest.raises(PbxUnreachable, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        client.statistics.rt_queues()


def test_a_certificate_for_another_name_is_told_as_such(port, certificate):
    with (
        PbxClient(base_url=f"https://127.0.0.1:{port}", token=TOKEN, ca_file=certificate[0]) as client,
        pytest.raises(PbxUnreachable, match="IP address mismatch"),
    ):
        client.statistics.rt_queues()


def test_a_file_that_holds_no_certificates_is_refused_at_once(tmp_path):
    (tmp_path / "ca.pem").write_text("not a certificate")
    with pytest.raises(ValueError, match="trusted certificates cannot be read"):
        PbxClient(base_url="https://localhost", token=TOKEN, ca_file=tmp_path / "ca.pem")
