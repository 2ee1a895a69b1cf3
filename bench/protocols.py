"""gRPC calls beside nginx and HAProxy, and WebSockets beside nginx."""

import subprocess

from measures import Meter, compare, longer, warm
from pintle import Pintle
from proxies import haproxy
from servers import Server, free_port, java, nginx

SHOWN = {column: lambda result, key=key: f"{result[key]:.0f}" for column, key in (("p50 µs", "p50"), ("p99 µs", "p99"), ("failed", "failed"))}


def echoes(stack):
    """Starts the upstreams and returns the ports of gRPC and WebSocket."""
    process = subprocess.Popen(java("bench.ProtocolUpstream"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    stack.callback(process.kill)
    return [int(port) for port in process.stdout.readline().split()]


def messages(protocol, clients):
    """A load of clients that send their next message after the answer to the last. They start in a new JVM, so rounds are longer."""
    def load(server, seconds):
        meter = Meter(server)
        out = subprocess.check_output(java("bench.ProtocolLoad", protocol, str(server.port), str(clients), str(seconds)),
                                      stderr=subprocess.DEVNULL, text=True)
        count, failed, p50, p99 = (int(word) for word in out.split())
        return {"rps": count / seconds, **meter.per(count), "p50": p50, "p99": p99, "failed": failed}

    return load


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
    other.await_port()
    servers = [pintle, other, haproxy(folder, stack, {free_port(): "proto h2"}, f"{port} proto h2")]
    load = messages("grpc", 64)
    warm(servers, options, load)
    compare("gRPC unary calls, 64 at once over 4 connections", servers, longer(options, 2), reports, load, "Goal: CPU at most 3 × nginx's.",
            SHOWN)


def websocket(folder, target, options, reports, stack):
    _, port = echoes(stack)
    pintle = Pintle(folder, target, stack)
    pintle.route("ws", {"match": {"path": "/ws"}, "upstream": {"targets": [{"url": f"http://127.0.0.1:{port}"}]}})
    peer = free_port()
    other = Server("nginx", peer, nginx(folder, peer, f"""
  server {{ listen 127.0.0.1:{peer}; location / {{ proxy_pass http://127.0.0.1:{port}; proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; }} }}"""))
    stack.callback(other.stop)
    other.await_port()
    load = messages("websocket", 64)
    warm([pintle, other], options, load)
    compare("WebSocket round trips of 32 bytes, 64 connections", [pintle, other], longer(options, 2), reports, load, more=SHOWN)
