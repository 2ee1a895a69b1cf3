#!/usr/bin/env python3
"""Measures Pintle beside nginx, HAProxy, Spring Cloud Gateway and Jetty's ProxyHandler, in one run, on loopback.

Everything is started by this script on free ports and ended with it. What is compared are ratios: absolute times mean little
on a machine that others use too. Rounds are interleaved, so that a slow minute meets all alike; of several the median counts.

    bench/bench.py [--rounds 5] [--seconds 5] [--warm 20] [--only NAME,...] [--write]
"""

import argparse
import contextlib
import http.client
import json
import os
import pathlib
import platform
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
HOME = HERE.parent
TICK = os.sysconf("SC_CLK_TCK")
TOKEN = "a-token-for-the-bench"
JAVA = subprocess.check_output([HOME / "bin" / "find-jdk"], text=True).strip() + "/bin/java"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """A process on a port, with the processes it started."""

    def __init__(self, name, port, command, env=None, log=None):
        self.name, self.port = name, port
        out = open(log, "w") if log else subprocess.DEVNULL
        self.process = subprocess.Popen(
            [str(word) for word in command], stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})}
        )

    def pids(self):
        found, todo = [], [self.process.pid]
        while todo:
            pid = todo.pop()
            found.append(pid)
            with contextlib.suppress(OSError):
                todo += [int(p) for p in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return found

    def cpu(self):
        total = 0
        for pid in self.pids():
            with contextlib.suppress(OSError):
                fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                total += int(fields[11]) + int(fields[12])
        return total / TICK

    def rss_mib(self):
        total = 0
        for pid in self.pids():
            with contextlib.suppress(OSError):
                match = re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())
                total += int(match.group(1)) if match else 0
        return total / 1024

    def await_answer(self, path="/", seconds=60):
        end = time.time() + seconds
        while time.time() < end:
            if self.process.poll() is not None:
                sys.exit(f"{self.name} ended with {self.process.returncode}")
            with contextlib.suppress(OSError, http.client.HTTPException):
                if get(self.port, path)[0] == 200:
                    return
            time.sleep(0.05)
        sys.exit(f"{self.name} does not answer {path}")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        if self.process.poll() is None:
            self.process.kill()


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def nginx(folder, port, listen_body, workers=1):
    config = folder / f"nginx-{port}.conf"
    config.write_text(f"""
worker_processes {workers}; daemon off; pid {folder}/nginx-{port}.pid; error_log {folder}/nginx-{port}.log;
events {{ worker_connections 8000; }}
http {{ access_log {folder}/nginx-{port}-access.log; client_body_temp_path {folder}/b-{port}; proxy_temp_path {folder}/p-{port};
  fastcgi_temp_path {folder}/f-{port}; uwsgi_temp_path {folder}/u-{port}; scgi_temp_path {folder}/s-{port};
  keepalive_requests 1000000000; {listen_body} }}""")
    return ["nginx", "-c", config, "-p", folder]


def upstream(folder, stack):
    port = free_port()
    files = folder / "files"
    files.mkdir()
    (files / "small").write_bytes(b"x" * 200)
    (files / "10k").write_bytes(os.urandom(10 << 10))
    (files / "1m").write_bytes(os.urandom(1 << 20))
    body = f"""access_log off; sendfile on; tcp_nopush on;
  server {{ listen 127.0.0.1:{port} backlog=4096; root {files}; location = /post {{ client_max_body_size 1g; return 200; }} }}"""
    server = Server("upstream", port, nginx(folder, port, body))
    stack.callback(server.stop)
    server.await_answer("/small")
    return server


class Pintle(Server):
    def __init__(self, folder, target, stack, name="pintle", env=None):
        self.admin = free_port()
        port = free_port()
        data = folder / name
        config = folder / f"{name}.yml"
        text = (HOME / "config.yml").read_text()
        # The access log goes to a file, as in production.
        text = text.replace('- type: console\n          logFormat: "%m%n"', f"""- type: file
          archive: false
          currentLogFilename: {folder}/{name}-access.log
          logFormat: "%m%n\"""")
        config.write_text(text)
        self.config, self.folder = config, folder
        super().__init__(
            name,
            port,
            [HOME / "bin" / "pintle", "server", config],
            {
                **self.environment(data),
                "PINTLE_ADMIN_TOKEN": TOKEN,
                "GATEWAY_PORT": str(port),
                "GATEWAY_HOST": "127.0.0.1",
                "ADMIN_PORT": str(self.admin),
                **(env or {}),
            },
            folder / f"{name}.log",
        )
        stack.callback(self.stop)
        self.await_answer("/__ready")
        self.route("all", {"match": {"path": "/"}, "upstream": {"targets": [{"url": f"http://127.0.0.1:{target.port}"}]}, "breaker": {}})
        self.await_answer("/small")

    def pids(self):
        # Without the embedded PostgreSQL, which stands for one on another machine.
        return [self.process.pid]

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.admin, timeout=120)
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        if response.status >= 300:
            sys.exit(f"{method} {path}: {response.status} {text}")
        return text

    @staticmethod
    def environment(data):
        return {"PINTLE_CLASSPATH": f"{HOME}/target/embedded/*", "PINTLE_DATA": str(data)}

    def bring(self, routes):
        """Many routes at once, and waits until they are served."""
        file = self.folder / "routes.json"
        file.write_text(json.dumps({"routes": routes}))
        subprocess.run([HOME / "bin" / "pintle", "routes", "import", self.config, file], check=True,
                       env={**os.environ, **self.environment(self.folder / self.name)}, stdout=subprocess.DEVNULL)
        while len(json.loads(self.call("GET", "/api/v1/routes"))["routes"]) < len(routes):
            time.sleep(0.1)

    def route(self, route, document):
        self.call("PUT", f"/api/v1/routes/{route}", document)


def peers(folder, target, stack):
    servers = [Pintle(folder, target, stack)]
    port = free_port()
    servers.append(Server("nginx", port, nginx(folder, port, f"""
  upstream u {{ server 127.0.0.1:{target.port}; keepalive 1024; keepalive_requests 1000000000; }}
  server {{ listen 127.0.0.1:{port} backlog=4096; client_max_body_size 0;
    location / {{ proxy_pass http://u; proxy_http_version 1.1; proxy_set_header Connection ""; }} }}""")))
    stack.callback(servers[-1].stop)
    port = free_port()
    haproxy = folder / "haproxy.cfg"
    haproxy.write_text(f"""
global
  nbthread 1
  maxconn 8000
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  http-reuse always
frontend f
  bind 127.0.0.1:{port} backlog 4096
  default_backend b
backend b
  server s 127.0.0.1:{target.port}
""")
    servers.append(Server("haproxy", port, ["haproxy", "-f", haproxy, "-db"]))
    stack.callback(servers[-1].stop)
    port = free_port()
    servers.append(Server("jetty", port, [
        JAVA, "-XX:+UseParallelGC", "-cp", f"{HERE}/jetty/target/jetty.jar:{HERE}/jetty/target/dependency/*",
        "bench.Proxy", port, f"http://127.0.0.1:{target.port}"]))
    stack.callback(servers[-1].stop)
    port = free_port()
    servers.append(Server("scg", port, [
        JAVA, "-XX:+UseParallelGC", "-jar", HERE / "scg/target/scg.jar", f"--server.port={port}",
        "--server.address=127.0.0.1", f"--upstream=http://127.0.0.1:{target.port}"], log=folder / "scg.log"))
    stack.callback(servers[-1].stop)
    for server in servers:
        server.await_answer("/small")
    return servers


def wrk(server, path, connections, seconds, script=None):
    """Requests a second, and CPU microseconds of the server a request."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s"]
    if script:
        command += ["-s", str(script)]
    before = server.cpu()
    text = subprocess.check_output(command + [f"http://127.0.0.1:{server.port}{path}"], text=True)
    spent = server.cpu() - before
    requests = int(re.search(r"(\d+) requests in", text).group(1))
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    errors = re.search(r"Socket errors: (.*)", text)
    if errors:
        print(f"    {server.name} {path}: socket errors: {errors.group(1)}", file=sys.stderr)
    return {
        "rps": float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)),
        "cpu": spent / max(requests, 1) * 1e6,
        "bad": int(bad.group(1)) if bad else 0,
    }


def paced(server, path, rate, connections, seconds):
    out = subprocess.check_output(
        [JAVA, HERE / "Paced.java", str(server.port), path, str(rate), str(connections), str(seconds)], text=True)
    p50, p99, p999, failed = (int(word) for word in out.split())
    return {"p50": p50, "p99": p99, "p999": p999, "failed": failed}


def medians(rounds):
    return {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}


def interleaved(servers, rounds, measure):
    found = {server.name: [] for server in servers}
    for turn in range(rounds):
        # Nobody goes first every time.
        for server in servers[turn % len(servers):] + servers[: turn % len(servers)]:
            found[server.name].append(measure(server))
    return {name: medians(results) for name, results in found.items()}


def table(title, rows, columns, reports, note=""):
    lines = [f"## {title}", ""]
    if note:
        lines += [note, ""]
    lines += ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name, cells in rows:
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    text = "\n".join(lines) + "\n"
    print(text, flush=True)
    reports.append(text)


def ratio(value, base):
    return f"{value / base:.2f}" if base else "–"


def compare(title, servers, options, path, connections, reports, script=None, note=""):
    found = interleaved(servers, options.rounds, lambda s: wrk(s, path, connections, options.seconds, script))
    n, g = found["nginx"], found["scg"]
    rows = [(name, [
        f"{r['rps']:.0f}", ratio(r["rps"], n["rps"]), ratio(r["rps"], g["rps"]),
        f"{r['cpu']:.0f}", ratio(r["cpu"], n["cpu"]), ratio(r["cpu"], g["cpu"]), f"{r['bad']:.0f}"]) for name, r in found.items()]
    table(title, rows, ["requests/s", "÷ nginx", "÷ SCG", "CPU µs/request", "÷ nginx", "÷ SCG", "not 2xx"], reports, note)
    return found


def latency(servers, options, found, reports):
    rate = int(min(r["rps"] for r in found.values()) / 2)
    found = interleaved(servers, options.rounds, lambda s: paced(s, "/small", rate, 64, options.seconds))
    n = found["nginx"]
    rows = [(name, [f"{r['p50']:.0f}", f"{r['p99']:.0f}", f"{r['p999']:.0f}", ratio(r["p99"], n["p99"]), f"{r['failed']:.0f}"])
            for name, r in found.items()]
    table(f"Latency at {rate} requests a second", rows, ["p50 µs", "p99 µs", "p99.9 µs", "p99 ÷ nginx", "failed"], reports,
          "Half of what the slowest can do, from when each request was due.")


def memory(servers, reports):
    table("Memory", [(s.name, [f"{s.rss_mib():.0f}"]) for s in servers], ["RSS MiB after the load"], reports)


def limits(folder, target, options, reports):
    """One route without a limit, and the same with limits counted in three ways."""
    with contextlib.ExitStack() as stack:
        port = free_port()
        redis = Server("redis", port, ["redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", folder])
        stack.callback(redis.stop)
        alone = Pintle(folder, target, stack, "pintle-alone")
        shared = Pintle(folder, target, stack, "pintle-redis", {"REDIS_URL": f"redis://127.0.0.1:{port}"})
        upstream = {"targets": [{"url": f"http://127.0.0.1:{target.port}"}]}
        much = {"permits": 1000000000, "per": "1m", "key": "route"}
        for node in (alone, shared):
            for route, limit in (("free", None), ("leased", much), ("each", {**much, "burst": 150})):
                node.route(route, {"match": {"path": f"/{route}"}, "upstream": upstream, "rewrite": {"stripPrefix": True},
                                   "rateLimit": limit})
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


def many(pintle, options, reports):
    """The same request with one route and with ten thousand; then with one of them changed ten times a second."""
    few = medians([wrk(pintle, "/small", 64, options.seconds) for _ in range(options.rounds)])
    pintle.bring([
        {"id": f"r{i}", "match": {"path": f"/r{i}/x"}, "upstream": {"targets": [{"url": "http://127.0.0.1:9"}]}}
        for i in range(10000)
    ])
    lots = medians([wrk(pintle, "/small", 64, options.seconds) for _ in range(options.rounds)])
    load = subprocess.Popen(["wrk", "-t1", "-c64", f"-d{options.seconds}s", f"http://127.0.0.1:{pintle.port}/small"],
                            stdout=subprocess.PIPE, text=True)
    changes = 0
    while load.poll() is None:
        pintle.call("PATCH", "/api/v1/routes/r1", {"description": str(changes)})
        changes += 1
        time.sleep(0.1)
    text = load.stdout.read()
    changing = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    table("Ten thousand routes", [
        ("1 route", [f"{few['rps']:.0f}", "1.00"]),
        ("10,000 routes", [f"{lots['rps']:.0f}", ratio(lots["rps"], few["rps"])]),
        (f"10,000 routes, {changes} changes meanwhile", [f"{changing:.0f}", ratio(changing, few["rps"])]),
    ], ["requests/s", "÷ 1 route"], reports)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--warm", type=int, default=20, help="seconds of load before the first round")
    parser.add_argument("--only", default="small,latency,10k,1m,post,1000,memory,limits,many")
    parser.add_argument("--write", action="store_true", help="write bench/results.md")
    options = parser.parse_args()
    missing = [tool for tool in ("wrk", "nginx", "haproxy", "redis-server") if not shutil.which(tool)]
    if missing:
        sys.exit(f"Missing: {', '.join(missing)}. Run make bench-setup.")
    wanted = options.only.split(",")
    reports = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name, contextlib.ExitStack() as stack:
        folder = pathlib.Path(name)
        os.chmod(folder, 0o755)
        target = upstream(folder, stack)
        servers = peers(folder, target, stack)
        for server in servers:
            wrk(server, "/small", 64, options.warm)
        found = compare("Small GET, 64 connections", servers, options, "/small", 64, reports,
                        note="200 octets. One worker for nginx and for HAProxy; the JVMs take what they want of the machine.")
        if "latency" in wanted:
            latency(servers, options, found, reports)
        if "10k" in wanted:
            compare("10 KiB answers", servers, options, "/10k", 64, reports)
        if "1m" in wanted:
            compare("1 MiB answers", servers, options, "/1m", 16, reports)
        if "post" in wanted:
            script = folder / "post.lua"
            script.write_text('wrk.method = "POST"\nwrk.body = string.rep("x", 10240)\n')
            compare("10 KiB POST", servers, options, "/post", 64, reports, script)
        if "1000" in wanted:
            compare("Small GET, 1,000 connections", servers, options, "/small", 1000, reports)
        if "memory" in wanted:
            memory(servers, reports)
        if "many" in wanted:
            many(servers[0], options, reports)
    with tempfile.TemporaryDirectory(prefix="bench-") as name, contextlib.ExitStack() as stack:
        folder = pathlib.Path(name)
        os.chmod(folder, 0o755)
        if "limits" in wanted:
            limits(folder, upstream(folder, stack), options, reports)
    if options.write:
        (HERE / "results.md").write_text(header(options) + "\n" + "\n".join(reports))


def header(options):
    def first(command):
        done = subprocess.run(command, capture_output=True, text=True)
        return (done.stdout + done.stderr).strip().split("\n")[0]

    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return "\n".join([
        "# Results of make bench",
        "",
        f"{os.cpu_count()} cores ({model.group(1) if model else platform.machine()}), {platform.system()} {platform.release()}. Load, gateway",
        f"and upstream share them. {options.rounds} rounds of {options.seconds} s, interleaved; medians. "
        f"{first(['nginx', '-v'])}; {first(['haproxy', '-v'])}; Spring Cloud Gateway 2025.1.4; Jetty 12.1.14; {first([JAVA, '--version'])}.",
        "All JVMs run ParallelGC. Pintle runs with every default policy on (trace ids, metrics, access log to a file, retries) and a breaker.",
        "",
    ])


if __name__ == "__main__":
    main()
