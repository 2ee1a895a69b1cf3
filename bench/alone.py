"""Scenes with Pintle alone, or beside nginx where that says something."""

import asyncio
import base64
import contextlib
import json
import re
import resource
import signal
import subprocess
import threading
import time

from measures import medians, paced, ratio, table, wrk
from servers import HERE, HOME, JAVA, JAVA_HOME, Pintle, Server, free_port, nginx_proxy

WAITING = 5_000


def limits(folder, target, options, reports):
    """One route without a limit, and the same with limits counted in three ways."""
    with contextlib.ExitStack() as stack:
        port = free_port()
        redis = Server("redis", port, ["redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", folder])
        stack.callback(redis.stop)
        alone = Pintle(folder, target, stack, "pintle-alone")
        shared = Pintle(folder, target, stack, "pintle-redis", {"REDIS_URL": f"redis://127.0.0.1:{port}"})
        upstream = {"targets": [{"url": f"http://127.0.0.1:{target.port}"}]}
        much = {"requests": 1000000000, "per": "1m", "key": "route"}
        for node in (alone, shared):
            for route, limit in (("free", None), ("leased", much), ("each", {**much, "burst": 150})):
                node.route(route, {"match": {"path": f"/{route}"}, "upstream": upstream, "rewrite": {"stripPrefix": True},
                                   "rateLimits": limit and [limit]})
        while '"mode":"redis"' not in shared.call("GET", "/__limits"):
            time.sleep(0.1)
        ways = {
            "no limit": (shared, "/free/small"),
            "in the process": (alone, "/leased/small"),
            "Redis, leased": (shared, "/leased/small"),
            "Redis, a call a request": (shared, "/each/small"),
        }
        found = {way: [] for way in ways}
        for node in (alone, shared):
            wrk(node, "/free/small", 64, options.warm)
        for _ in range(options.rounds):
            for way, (node, path) in ways.items():
                found[way].append(wrk(node, path, 64, options.seconds))
        found = {way: medians(results) for way, results in found.items()}
        free = found["no limit"]
        table("Rate limits", [(way, [f"{r['rps']:.0f}", ratio(r["rps"], free["rps"]), f"{r['cpu']:.0f}", f"{r['bad']:.0f}"])
                              for way, r in found.items()],
              ["requests/s", "÷ no limit", "CPU µs/request", "not 2xx"], reports,
              "64 connections on one bucket that is never empty. Small bursts take a call for each request, one after the other.")
        quiet = paced(shared, "/leased/small", 2000, 32, options.seconds)
        redis.process.send_signal(signal.SIGSTOP)
        time.sleep(0.2)
        frozen = paced(shared, "/leased/small", 2000, 32, options.seconds)
        redis.process.send_signal(signal.SIGCONT)
        table("Redis frozen", [(name, [str(r["p50"]), str(r["p99"]), str(r["p999"]), str(r["failed"])])
                               for name, r in (("well", quiet), ("frozen for 200 ms and on", frozen))],
              ["p50 µs", "p99 µs", "p99.9 µs", "failed"], reports, "2,000 requests a second on a leased limit.")


def identity(folder, target, options, reports):
    """The same route with nothing, with a JWT that the node remembers, and with an API key; both with one limit."""
    with contextlib.ExitStack() as stack:
        node = Pintle(folder, target, stack, "pintle-identity")
        key, token = signing_key(folder)
        node.call("PUT", "/api/v1/identity-providers/main", {"issuer": "https://id.example.com", "audiences": ["api"], "jwks": {"keys": [key]}})
        node.call("PUT", "/api/v1/consumers/acme", {})
        api_key = json.loads(node.call("POST", "/api/v1/consumers/acme/keys", {}))["key"]
        upstream = {"targets": [{"url": f"http://127.0.0.1:{target.port}"}]}
        limit = [{"requests": 1000000000, "per": "1m", "key": "client"}]
        ways = {
            "neither": ("open", None, None, None),
            "one limit": ("limited", None, limit, None),
            "JWT": ("jwt", ["jwt:main"], None, f"Authorization: Bearer {token}"),
            "JWT and one limit": ("jwt-limited", ["jwt:main"], limit, f"Authorization: Bearer {token}"),
            "API key and one limit": ("key-limited", ["apiKey"], limit, f"X-API-Key: {api_key}"),
        }
        for route, methods, limits, _ in ways.values():
            node.route(route, {"match": {"path": f"/{route}"}, "upstream": upstream, "rewrite": {"stripPrefix": True},
                               "authentication": methods and {"anyOf": methods}, "rateLimits": limits})
        def load(way, seconds):
            route, _, _, header = ways[way]
            return wrk(node, f"/{route}/small", 64, seconds, header=header)

        for way in ways:
            load(way, max(options.warm // len(ways), 1))
        found = {way: [] for way in ways}
        for turn in range(options.rounds):
            order = list(ways)
            # The machine is not equally fast all the time: no way goes first in every round.
            for way in order[turn % len(order):] + order[: turn % len(order)]:
                found[way].append(load(way, options.seconds))
        found = {way: medians(results) for way, results in found.items()}
        base = found["neither"]
        table("Identity", [(way, [f"{r['rps']:.0f}", ratio(r["rps"], base["rps"]), f"{r['cpu']:.0f}", ratio(r["cpu"], base["cpu"]),
                                  f"{r['bad']:.0f}"]) for way, r in found.items()],
              ["requests/s", "÷ neither", "CPU µs/request", "÷ neither", "not 2xx"], reports,
              "64 connections. RS256 with a key of 2,048 bits; the node remembers the token. The limit counts by client, in the process.")


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


def many(folder, target, options, reports):
    """The same request with one route and with ten thousand; then with one of them changed ten times a second."""
    with contextlib.ExitStack() as stack:
        few, lots = Pintle(folder, target, stack, "pintle-few"), Pintle(folder, target, stack, "pintle-lots")
        lots.bring([
            {"id": f"r{i}", "match": {"path": f"/r{i}/x"}, "upstream": {"targets": [{"url": "http://127.0.0.1:9"}]}}
            for i in range(10_000)
        ])
        ways = {"1 route": few, "10,000 routes": lots}
        found = {way: [] for way in ways}
        for node in ways.values():
            wrk(node, "/small", 64, options.warm)
        for _ in range(options.rounds):
            for way, node in ways.items():
                found[way].append(wrk(node, "/small", 64, options.seconds))
        found = {way: medians(results) for way, results in found.items()}
        base = found["1 route"]
        table("Ten thousand routes", [
            (way, [f"{r['rps']:.0f}", ratio(r["rps"], base["rps"]), f"{r['cpu']:.0f}", ratio(r["cpu"], base["cpu"])])
            for way, r in found.items()
        ], ["requests/s", "÷ 1 route", "CPU µs/request", "÷ 1 route"], reports)
        calm, changed = [], []
        for _ in range(options.rounds):
            calm.append(paced(lots, "/small", 2000, 32, options.seconds))
            with changes(lots):
                changed.append(paced(lots, "/small", 2000, 32, options.seconds))
        calm, changed = medians(calm), medians(changed)
        table("A reload every 100 ms", [
            (way, [f"{r['p50']:.0f}", f"{r['p99']:.0f}", ratio(r["p99"], calm["p99"]), f"{r['failed']:.0f}"])
            for way, r in (("none", calm), ("one of 10,000 routes changed, ten times a second", changed))
        ], ["p50 µs", "p99 µs", "÷ none", "failed"], reports, "2,000 requests a second.")


@contextlib.contextmanager
def changes(node):
    """Changes one of many routes ten times a second."""
    over = threading.Event()

    def change():
        number = 0
        while not over.wait(0.1):
            node.call("PATCH", "/api/v1/routes/r1", {"description": str(number)})
            number += 1

    thread = threading.Thread(target=change)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def slow(millis, stack, folder):
    """An upstream that takes its time."""
    port = free_port()
    server = Server("slow", port, [JAVA, HERE / "Slow.java", port, millis], log=folder / "slow.log")
    stack.callback(server.stop)
    server.await_answer("/", 30)
    return server


def heap_mib(node):
    """Returns the memory in use after a collection."""
    jcmd = [JAVA_HOME + "/bin/jcmd", str(node.process.pid)]
    subprocess.run([*jcmd, "GC.run"], check=True, stdout=subprocess.DEVNULL)
    text = subprocess.check_output([*jcmd, "GC.heap_info"], text=True)
    return sum(int(used) for used in re.findall(r"(?:PSYoungGen|ParOldGen)\s+total \d+K, used (\d+)K", text)) / 1024


def waiting(folder, options, reports):
    """Thousands of requests that wait for a slow upstream."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with contextlib.ExitStack() as stack:
        target = slow(20_000, stack, folder)
        node = Pintle(folder, target, stack, "pintle-waiting", answers="/__ready")
        patient(node, target)
        before = heap_mib(node)
        seen = {}

        def look():
            time.sleep(10)
            cpu, start = node.cpu(), time.time()
            time.sleep(4)
            seen["cpu"] = (node.cpu() - cpu) / (time.time() - start)
            seen["heap"] = heap_mib(node)

        thread = threading.Thread(target=look)
        thread.start()
        answered = asyncio.run(asked(node.port, WAITING))
        thread.join()
        table(f"{WAITING:,} requests that wait 20 s", [
            ("answered 200", [f"{answered}"]),
            ("CPU during the load, of one core", [f"{seen['cpu'] * 100:.0f} %"]),
            ("heap in use before", [f"{before:.0f} MiB"]),
            ("heap in use during the load", [f"{seen['heap']:.0f} MiB"]),
        ], ["pintle"], reports)
    with contextlib.ExitStack() as stack:
        target = slow(100, stack, folder)
        servers = [Pintle(folder, target, stack, "pintle-slow", answers="/"), nginx_proxy(folder, target, stack, "/")]
        patient(servers[0], target)
        for server in servers:
            wrk(server, "/", WAITING, options.warm)
        found = {server.name: medians([wrk(server, "/", WAITING, options.seconds) for _ in range(options.rounds)]) for server in servers}
        table(f"{WAITING:,} connections, an upstream that takes 100 ms", [
            (name, [f"{r['rps']:.0f}", f"{r['cpu']:.0f}", f"{r['bad']:.0f}"]) for name, r in found.items()
        ], ["requests/s", "CPU µs/request", "not 2xx"], reports)


def patient(node, target):
    """As nginx is by default: the small upstream cannot take thousands of connections within a second."""
    node.route("all", {"match": {"path": "/"}, "upstream": {"targets": [{"url": f"http://127.0.0.1:{target.port}"}]},
                       "timeout": {"connect": "60s", "attempt": "60s", "total": "60s"}, "circuitBreaker": {}})


async def asked(port, count):
    """So many requests at once; how many of them were answered 200."""
    gate = asyncio.Semaphore(200)

    async def one():
        async with gate:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            await writer.drain()
        head = await reader.readline()
        writer.close()
        return head.startswith(b"HTTP/1.1 200")

    return sum(await asyncio.gather(*(one() for _ in range(count))))


def stream(folder, target, options, reports):
    """1 GiB from the upstream to one client."""
    with open(folder / "files" / "1g", "wb") as file:
        file.truncate(1 << 30)
    with contextlib.ExitStack() as stack:
        servers = [Pintle(folder, target, stack, "pintle-stream"), nginx_proxy(folder, target, stack)]
        found = {server.name: [] for server in servers}
        for server in servers:
            download(server)
        heap, rss = heap_mib(servers[0]), servers[0].rss_mib()
        for _ in range(options.rounds):
            for server in servers:
                found[server.name].append(download(server))
        found = {name: medians(results) for name, results in found.items()}
        grown = {servers[0].name: f"{heap_mib(servers[0]) - heap:.0f}, {servers[0].rss_mib() - rss:.0f}"}
        base = found["nginx"]
        table("1 GiB to one client", [
            (name, [f"{r['mib']:.0f}", ratio(r["mib"], base["mib"]), f"{r['cpu']:.2f}", grown.get(name, "–")])
            for name, r in found.items()
        ], ["MiB/s", "÷ nginx", "CPU s", "heap, RSS grown MiB"], reports)


def download(server):
    before = server.cpu()
    speed = subprocess.check_output(
        ["curl", "-sf", "-o", "/dev/null", "-w", "%{speed_download}", f"http://127.0.0.1:{server.port}/1g"], text=True)
    return {"mib": float(speed) / (1 << 20), "cpu": server.cpu() - before}


def start(folder, target, options, reports):
    """From the jar to the first request that was proxied, on a PostgreSQL of another process."""
    with contextlib.ExitStack() as stack:
        other = Pintle(folder, target, stack, "pintle-other")
        port = (folder / other.name / "postgres" / "postmaster.pid").read_text().split("\n")[3]
        ways = {"jar": {"AOT": False}, "jar and make aot": {"AOT": True}}
        found = {way: [] for way in ways}
        for turn in range(options.rounds):
            for way, flags in ways.items():
                found[way].append(first_answer(folder, f"{turn}{flags['AOT']}", port, flags["AOT"]))
        found = {way: medians(results) for way, results in found.items()}
        table("Start", [(way, [f"{r['seconds']:.1f}", f"{r['rss']:.0f}"]) for way, r in found.items()],
              ["s to the first proxied request", "RSS MiB at rest"], reports)


def first_answer(folder, name, database, aot):
    port = free_port()
    begin = time.time()
    node = Server(name, port, [HOME / "bin" / "pintle", "server", HOME / "config.yml"], {
        "DATABASE_URL": f"jdbc:postgresql://127.0.0.1:{database}/postgres", "DATABASE_USER": "postgres",
        "GATEWAY_PORT": str(port), "GATEWAY_HOST": "127.0.0.1", "ADMIN_PORT": "0", "SHUTDOWN_DELAY": "0s", "PINTLE_DATA": str(folder / name),
        # The last word wins: without the cache that the script found.
        "JAVA_OPTS": "" if aot else "-XX:AOTMode=off"}, folder / f"{name}.log")
    try:
        node.await_answer("/small")
        seconds = time.time() - begin
        time.sleep(5)
        return {"seconds": seconds, "rss": node.rss_mib()}
    finally:
        node.stop()
