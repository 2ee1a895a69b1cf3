"""TLS 1.3 and HTTP/2 beside nginx, HAProxy and Jetty's ProxyHandler, with one certificate and one cipher suite."""

import re
import socket
import ssl
import subprocess
import sys
import time

from measures import Meter, compare, h2load, longer, warm, wrk
from pintle import Pintle
from proxies import CIPHER, haproxy_proxy, jetty, nginx_proxy

# Processes of openssl s_time. Each has one connection at a time.
CLIENTS = 16
SAME = f"TLS 1.3 with {CIPHER} and one certificate of P-256."


def tls(folder, target, options, reports, stack):
    def load(server, seconds):
        return wrk(server, "/small", 64, seconds)

    servers = [over_tls(server) for server in started(folder, target, stack)]
    warm(servers, options, load)
    compare("TLS, small GET, 64 connections", servers, options, reports, load, f"{SAME} Kept connections. Goal: CPU at most 3 × nginx's.")


def handshakes(folder, target, options, reports, stack):
    servers = [over_tls(server) for server in started(folder, target, stack)]
    warm(servers, options, new_connections)
    compare("TLS, a new connection for each request", servers, longer(options, 2), reports, new_connections,
            f"{SAME} {CLIENTS} clients, one small GET for each full handshake. Every server issues tickets as it does by default; no client resumes "
            "a session. Goal: at least 0.5 × nginx's requests/s.", {"failed clients": lambda result: f"{result['failed']:.0f}"})


def http2(folder, target, options, reports, stack):
    def load(server, seconds):
        return h2load(server, "/small", 4, 100, seconds)

    servers = started(folder, target, stack)
    clear, encrypted = [server.at("http", server.h2c) for server in servers], [over_tls(server) for server in servers]
    for title, views, note in (("HTTP/2 in clear text", clear, ""), ("HTTP/2 over TLS", encrypted, f" {SAME}")):
        warm(views, options, load)
        compare(f"{title}, small GET, 4 connections with 100 streams", views, options, reports, load,
                f"HTTP/1.1 to the upstream.{note} Goal: CPU at most 3 × nginx's.")


def started(folder, target, stack):
    base = certificate(folder)
    return [start(folder, target, stack, certificate=base) for start in (Pintle, nginx_proxy, haproxy_proxy, jetty)]


def certificate(folder):
    """Creates tls.key of P-256, its certificate tls.crt, both in tls.pem, and both in tls.p12 for Java."""
    base = folder / "tls"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                    "-keyout", f"{base}.key", "-out", f"{base}.crt", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"], check=True, stderr=subprocess.DEVNULL)
    (folder / "tls.pem").write_text((folder / "tls.crt").read_text() + (folder / "tls.key").read_text())
    subprocess.run(["openssl", "pkcs12", "-export", "-in", f"{base}.pem", "-out", f"{base}.p12", "-passout", "pass:bench"], check=True)
    return base


def over_tls(server):
    """Returns the server by its port for TLS, on which it must choose the common cipher suite and answer the clients of this module."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", server.https), 10) as plain, context.wrap_socket(plain) as connection:
        suite = connection.cipher()[0]
        connection.sendall(b"GET /small HTTP/1.0\r\n\r\n")
        head = connection.recv(1024)
    if suite != CIPHER:
        sys.exit(f"{server.name} chose the cipher suite {suite} instead of {CIPHER}, so the figures would not be comparable")
    if b" 200 " not in head:
        sys.exit(f"{server.name} does not answer 200 over TLS: {head.decode(errors='replace')}")
    return server.at("https", server.https)


def new_connections(server, seconds):
    """Requests over connections that are closed after one answer. The option -new resumes no session."""
    command = ["openssl", "s_time", "-new", "-tls1_3", "-connect", f"127.0.0.1:{server.port}", "-www", "/small", "-time", str(seconds)]
    meter, begin = Meter(server), time.time()
    clients = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(CLIENTS)]
    texts = [client.communicate()[0] for client in clients]
    took = time.time() - begin
    count = sum(int(made) for text in texts for made in re.findall(r"(\d+) connections in \d+ real seconds", text))
    return {"rps": count / took, **meter.per(count), "failed": sum(client.returncode != 0 for client in clients)}
