"""gRPC calls beside nginx and HAProxy, and WebSockets beside nginx."""

import socket
import subprocess
import sys
import time

from measures import interleaved, ratio, table
from servers import HOME, JAVA, Pintle, Server, free_port, nginx

RUNS = 4


def java(main, *arguments):
    classpath = f"{HOME}/target/test-classes:{HOME}/target/classes:{(HOME / 'target/test.classpath').read_text().strip()}"
    return [JAVA, "-XX:+UseParallelGC", "--enable-native-access=ALL-UNNAMED", "-cp", classpath, f"dev.pintle.bench.{main}", *arguments]


def echoes(stack):
    """Starts the upstreams and returns the ports of gRPC and WebSocket."""
    process = subprocess.Popen(java("ProtocolUpstream"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    stack.callback(process.kill)
    return [int(port) for port in process.stdout.readline().split()]


def await_port(server):
    end = time.time() + 20
    while time.time() < end:
        try:
            socket.create_connection(("127.0.0.1", server.port), 1).close()
            return server
        except OSError:
            time.sleep(0.05)
    sys.exit(f"{server.name} does not listen")


def load(server, protocol, clients, seconds):
    before = server.cpu()
    out = subprocess.check_output(java("ProtocolLoad", protocol, str(server.port), str(clients), str(seconds)),
                                  stderr=subprocess.DEVNULL, text=True)
    count, failed, p50, p99 = (int(word) for word in out.split())
    return {"rps": count / seconds, "cpu": (server.cpu() - before) / max(count, 1) * 1e6, "p50": p50, "p99": p99, "failed": failed}


def agreeing(servers, options, measure):
    """Repeats the rounds until two runs agree within 10 % on the CPU of Pintle beside that of nginx, at most RUNS times."""
    last = None
    for _ in range(RUNS):
        found = interleaved(servers, options.rounds, measure)
        now = found["pintle"]["cpu"] / max(found["nginx"]["cpu"], 1e-9)
        if last and abs(now / last - 1) <= 0.1:
            return found, "Two runs agreed within 10 %."
        last = now
    return found, f"**The machine was too busy**: no two of {RUNS} runs agreed within 10 %."


def compare(title, servers, options, protocol, clients, reports):
    for server in servers:
        load(server, protocol, clients, options.warm)
    found, agreed = agreeing(servers, options, lambda server: load(server, protocol, clients, options.seconds))
    n = found["nginx"]
    rows = [(name, [f"{r['rps']:.0f}", ratio(r["rps"], n["rps"]), f"{r['cpu']:.0f}", ratio(r["cpu"], n["cpu"]),
                    f"{r['p50']:.0f}", f"{r['p99']:.0f}", f"{r['failed']:.0f}"]) for name, r in found.items()]
    table(title, rows, ["answers/s", "÷ nginx", "CPU µs/answer", "÷ nginx", "p50 µs", "p99 µs", "failed"], reports, agreed)


def grpc(folder, target, options, reports, stack):
    port, _ = echoes(stack)
    pintle = Pintle(folder, target, stack)
    pintle.route("grpc", {"match": {"path": "/test.Echo"}, "circuitBreaker": {},
                          "upstream": {"targets": [{"url": f"http://127.0.0.1:{port}"}], "protocol": "h2c"}})
    peer = free_port()
    other = Server("nginx", peer, nginx(folder, peer, f"""
  upstream u {{ server 127.0.0.1:{port}; keepalive 64; keepalive_requests 1000000000; }}
  server {{ listen 127.0.0.1:{peer} http2; location / {{ grpc_pass grpc://u; }} }}"""))
    stack.callback(other.stop)
    peer = free_port()
    config = folder / "haproxy-grpc.cfg"
    config.write_text(f"""
global
  nbthread 1
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
listen f
  bind 127.0.0.1:{peer} proto h2
  server s 127.0.0.1:{port} proto h2
""")
    third = Server("haproxy", peer, ["haproxy", "-f", config, "-db"])
    stack.callback(third.stop)
    compare("gRPC unary calls, 64 at once over 4 connections", [pintle, await_port(other), await_port(third)], options, "grpc", 64, reports)


def websocket(folder, target, options, reports, stack):
    _, port = echoes(stack)
    pintle = Pintle(folder, target, stack)
    pintle.route("ws", {"match": {"path": "/ws"}, "upstream": {"targets": [{"url": f"http://127.0.0.1:{port}"}]}})
    peer = free_port()
    other = Server("nginx", peer, nginx(folder, peer, f"""
  server {{ listen 127.0.0.1:{peer}; location / {{ proxy_pass http://127.0.0.1:{port}; proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; }} }}"""))
    stack.callback(other.stop)
    compare("WebSocket round trips of 32 bytes, 64 connections", [pintle, await_port(other)], options, "websocket", 64, reports)
