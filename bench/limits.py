"""The cost of rate limits and of identities: routes of one node beside each other."""

import base64
import json
import signal
import subprocess
import time

from measures import agreeing, paced, settle, table, wrk
from pintle import Pintle
from servers import Server, free_port

ENOUGH = {"requests": 1000000000, "per": "1m"}


def limits(folder, target, options, reports, stack):
    """One route without a limit, and the same with limits counted in three ways."""
    port = free_port()
    redis = Server("redis", port, ["redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", folder])
    stack.callback(redis.stop)
    alone = Pintle(folder, target, stack, "pintle-alone")
    shared = Pintle(folder, target, stack, "pintle-redis", {"REDIS_URL": f"redis://127.0.0.1:{port}"})
    much = {**ENOUGH, "key": "route"}
    for node in (alone, shared):
        for route, limit in (("free", None), ("leased", much), ("each", {**much, "burst": 150})):
            node.route(route, prefixed(route, target, rateLimits=limit and [limit]))
    while '"mode":"redis"' not in shared.call("GET", "/__limits"):
        time.sleep(0.1)
    ways = {
        "no limit": (shared, "/free/small"),
        "in the process": (alone, "/leased/small"),
        "Redis, leased": (shared, "/leased/small"),
        "Redis, a call a request": (shared, "/each/small"),
    }
    for node in (alone, shared):
        settle(lambda seconds: wrk(node, "/free/small", 64, seconds), options.warm)
    found, agreed = agreeing(ways, options, lambda way: wrk(*way, 64, options.seconds), [(way, "no limit") for way in ways], ("rps",))
    table("Rate limits", [(way, [*found.beside("rps", way, "no limit"), f"{r['cpu']:.0f}", f"{r['bad']:.0f}"])
                          for way, r in found.items()],
          ["requests/s", "÷ no limit", "CPU µs/request", "not 2xx"], reports,
          f"64 connections on one bucket that is never empty. Small bursts take a call for each request, one after the other. {agreed}")
    quiet = paced(shared, "/leased/small", 2000, 32, 2 * options.seconds)
    redis.process.send_signal(signal.SIGSTOP)
    time.sleep(0.2)
    frozen = paced(shared, "/leased/small", 2000, 32, 2 * options.seconds)
    redis.process.send_signal(signal.SIGCONT)
    table("Redis frozen", [(name, [str(r["p50"]), str(r["p99"]), str(r["p999"]), str(r["failed"])])
                           for name, r in (("well", quiet), ("frozen for 200 ms and on", frozen))],
          ["p50 µs", "p99 µs", "p99.9 µs", "failed"], reports, "2,000 requests a second on a leased limit.")


def identity(folder, target, options, reports, stack):
    """The same route with nothing, with a JWT that the node remembers, and with an API key; both with one limit."""
    node = Pintle(folder, target, stack, "pintle-identity")
    key, token = signing_key(folder)
    node.call("PUT", "/api/v1/identity-providers/main", {"issuer": "https://id.example.com", "audiences": ["api"], "jwks": {"keys": [key]}})
    node.call("PUT", "/api/v1/consumers/acme", {})
    api_key = json.loads(node.call("POST", "/api/v1/consumers/acme/keys", {}))["key"]
    limit = [{**ENOUGH, "key": "client"}]
    ways = {
        "neither": ("open", None, None, None),
        "one limit": ("limited", None, limit, None),
        "JWT": ("jwt", ["jwt:main"], None, f"Authorization: Bearer {token}"),
        "JWT and one limit": ("jwt-limited", ["jwt:main"], limit, f"Authorization: Bearer {token}"),
        "API key and one limit": ("key-limited", ["apiKey"], limit, f"X-API-Key: {api_key}"),
    }
    for route, methods, limited, _ in ways.values():
        node.route(route, prefixed(route, target, authentication=methods and {"anyOf": methods}, rateLimits=limited))

    def load(way, seconds):
        route, _, _, header = way
        return wrk(node, f"/{route}/small", 64, seconds, header=header)

    for way in ways.values():
        settle(lambda seconds: load(way, seconds), max(options.warm // len(ways), 1))
    found, agreed = agreeing(ways, options, lambda way: load(way, options.seconds), [(way, "neither") for way in ways], ("rps",))
    table("Identity", [(way, [*found.beside("rps", way, "neither"), *found.beside("cpu", way, "neither"), f"{r['bad']:.0f}"])
                       for way, r in found.items()],
          ["requests/s", "÷ neither", "CPU µs/request", "÷ neither", "not 2xx"], reports,
          "64 connections. RS256 with a key of 2,048 bits; the node remembers the token. The limit counts by client, in the process. "
          f"Goal: at least 0.85 × the requests/s with neither. {agreed}")


def prefixed(route, target, **policies):
    """A route for paths below its name, which the upstream does not see."""
    return {"match": {"path": f"/{route}"}, "upstream": {"targets": [{"url": f"http://127.0.0.1:{target.port}"}]},
            "rewrite": {"stripPrefix": True}, **policies}


def signing_key(folder):
    """A new public key as JWK, and a token of it that is valid for a day, by openssl."""
    pem = folder / "signing.pem"
    subprocess.run(["openssl", "genrsa", "-out", pem, "2048"], check=True, stderr=subprocess.DEVNULL)
    modulus = subprocess.check_output(["openssl", "rsa", "-in", pem, "-noout", "-modulus"], text=True).strip().split("=")[1]

    def encoded(content):
        return base64.urlsafe_b64encode(content).decode().rstrip("=")

    claims = {"iss": "https://id.example.com", "aud": "api", "sub": "ada", "client_id": "acme", "exp": int(time.time()) + 86400}
    signed = ".".join(encoded(json.dumps(part).encode()) for part in ({"alg": "RS256", "kid": "bench"}, claims))
    signature = subprocess.check_output(["openssl", "dgst", "-sha256", "-sign", pem], input=signed.encode())
    return {"kty": "RSA", "kid": "bench", "n": encoded(bytes.fromhex(modulus)), "e": "AQAB"}, f"{signed}.{encoded(signature)}"
