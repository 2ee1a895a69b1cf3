"""The proxies that are measured beside Pintle. With a certificate, nginx, HAProxy and Jetty also listen for TLS and HTTP/2."""

from servers import HERE, JVM, Server, collections_to, free_port, nginx

CIPHER = "TLS_AES_128_GCM_SHA256"


def nginx_proxy(folder, target, stack, answers="/small", certificate=None):
    port, h2c, https = free_port(), free_port(), free_port()
    more = f"""
    listen 127.0.0.1:{h2c} backlog=8192 http2; listen 127.0.0.1:{https} backlog=8192 ssl http2;
    ssl_certificate {certificate}.crt; ssl_certificate_key {certificate}.key; ssl_protocols TLSv1.3;
    ssl_conf_command Ciphersuites {CIPHER};"""
    server = Server("nginx", port, nginx(folder, port, f"""
  upstream u {{ server 127.0.0.1:{target.port}; keepalive 8192; keepalive_requests 1000000000; }}
  server {{ listen 127.0.0.1:{port} backlog=8192; client_max_body_size 0; {more if certificate else ""}
    location / {{ proxy_pass http://u; proxy_http_version 1.1; proxy_set_header Connection ""; }} }}"""))
    stack.callback(server.stop)
    server.await_answer(answers)
    server.h2c, server.https = h2c, https
    return server


def haproxy(folder, stack, binds, server):
    """Starts an HAProxy with one thread. The binds are ports with further arguments; the first port is its own."""
    port = next(iter(binds))
    lines = "\n".join(f"  bind 127.0.0.1:{each} {arguments}" for each, arguments in binds.items())
    config = folder / f"haproxy-{port}.cfg"
    config.write_text(f"""
global
  nbthread 1
  maxconn 8000
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  http-reuse always
listen f
{lines}
  server s 127.0.0.1:{server}
""")
    started = Server("haproxy", port, ["haproxy", "-f", config, "-db"])
    stack.callback(started.stop)
    started.await_port()
    return started


def haproxy_proxy(folder, target, stack, certificate=None):
    port, https = free_port(), free_port()
    binds = {port: "backlog 4096"}
    if certificate:
        binds[https] = f"backlog 4096 ssl crt {certificate}.pem alpn h2,http/1.1 ssl-min-ver TLSv1.3 ciphersuites {CIPHER}"
    server = haproxy(folder, stack, binds, target.port)
    # HAProxy recognizes HTTP/2 on its port for clear text.
    server.h2c, server.https = port, https
    return server


def jetty(folder, target, stack, answers="/small", certificate=None, connections=64):
    """Starts Jetty's ProxyHandler with so many connections to the upstream; 64 is its default."""
    port, https = free_port(), free_port()
    server = Server("jetty", port, [
        *JVM, collections_to(folder / "jetty.gc"), f"-Dconnections={connections}",
        "-cp", f"{HERE}/jetty/target/jetty.jar:{HERE}/jetty/target/dependency/*", "bench.Proxy", port, f"http://127.0.0.1:{target.port}",
        *([https, f"{certificate}.p12"] if certificate else [])], log=folder / "jetty.log", collections=folder / "jetty.gc")
    stack.callback(server.stop)
    server.await_answer(answers)
    server.h2c, server.https = port, https
    return server


def spring(folder, target, stack):
    port = free_port()
    server = Server("scg", port, [
        *JVM, collections_to(folder / "scg.gc"), "-jar", HERE / "scg/target/scg.jar", f"--server.port={port}",
        "--server.address=127.0.0.1", f"--upstream=http://127.0.0.1:{target.port}"], log=folder / "scg.log", collections=folder / "scg.gc")
    stack.callback(server.stop)
    server.await_answer("/small")
    return server
