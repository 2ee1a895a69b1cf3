#!/usr/bin/env python3
"""Measures Pintle beside nginx, HAProxy, Spring Cloud Gateway and Jetty's ProxyHandler, in one run, on loopback.

The script starts all servers on free ports and ends them. Compare the ratios: absolute times mean little on a shared machine.
Rounds are interleaved, so that a slow minute affects all servers alike. The result is the median of the rounds.

    bench/bench.py [--rounds 5] [--seconds 5] [--warm 45] [--only NAME,...] [--write]
"""

import argparse
import contextlib
import os
import pathlib
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile

import alone
import protocols
from measures import interleaved, paced, ratio, table, wrk
from servers import HERE, JAVA, peers, upstream


def compare(title, servers, options, path, connections, reports, script=None, note=""):
    found = interleaved(servers, options.rounds, lambda s: wrk(s, path, connections, options.seconds, script))
    n, g, j = found["nginx"], found["scg"], found["jetty"]
    rows = [(name, [
        f"{r['rps']:.0f}", ratio(r["rps"], n["rps"]), ratio(r["rps"], j["rps"]), ratio(r["rps"], g["rps"]),
        f"{r['cpu']:.0f}", ratio(r["cpu"], n["cpu"]), ratio(r["cpu"], j["cpu"]), ratio(r["cpu"], g["cpu"]),
        f"{r['allocated']:.1f}" if r["allocated"] else "–", f"{r['bad']:.0f}"]) for name, r in found.items()]
    table(title, rows, ["requests/s", "÷ nginx", "÷ Jetty", "÷ SCG", "CPU µs/request", "÷ nginx", "÷ Jetty", "÷ SCG",
                        "KiB allocated/request", "not 2xx"], reports, note)
    return found


def latency(servers, options, found, reports):
    rate = int(min(r["rps"] for r in found.values()) / 2)
    found = interleaved(servers, options.rounds, lambda s: paced(s, "/small", rate, 64, options.seconds))
    n, g, j = found["nginx"], found["scg"], found["jetty"]
    rows = [(name, [f"{r['p50']:.0f}", f"{r['p99']:.0f}", f"{r['p999']:.0f}",
                    ratio(r["p99"], n["p99"]), ratio(r["p99"], j["p99"]), ratio(r["p99"], g["p99"]),
                    f"{r['failed']:.0f}"]) for name, r in found.items()]
    table(f"Latency at {rate} requests a second", rows, ["p50 µs", "p99 µs", "p99.9 µs", "p99 ÷ nginx", "p99 ÷ Jetty", "p99 ÷ SCG", "failed"], reports,
          "Half of what the slowest can do, from when each request was due.")


def memory(servers, reports):
    found = {s.name: s.rss_mib() for s in servers}
    table("Memory", [(name, [f"{mib:.0f}", ratio(mib, found["nginx"]), ratio(mib, found["scg"])]) for name, mib in found.items()],
          ["RSS MiB after the load", "÷ nginx", "÷ SCG"], reports)


def beside_peers(folder, target, options, reports):
    with contextlib.ExitStack() as stack:
        servers = [*peers(folder, target, stack), target]
        for server in servers:
            wrk(server, "/small", 64, options.warm)
        found = compare("Small GET, 64 connections", servers, options, "/small", 64, reports,
                        note="200 bytes. One worker for nginx and for HAProxy; the JVMs take what they want of the machine. The upstream itself, asked "
                             "directly, is what there is to reach.")
        latency(servers, options, found, reports)
        compare("10 KiB answers", servers, options, "/10k", 64, reports)
        compare("1 MiB answers", servers, options, "/1m", 16, reports)
        script = folder / "post.lua"
        script.write_text('wrk.method = "POST"\nwrk.body = string.rep("x", 10240)\n')
        compare("10 KiB POST", servers, options, "/post", 64, reports, script)
        compare("Small GET, 1,000 connections", servers, options, "/small", 1000, reports)
        memory(servers, reports)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--warm", type=int, default=45, help="seconds of load before the first round")
    parser.add_argument("--only", default="peers,limits,identity,many,waiting,stream,start,grpc,websocket",
                        help="scenarios, separated by commas")
    parser.add_argument("--write", action="store_true", help="write bench/results.md")
    options = parser.parse_args()
    # Ends the started processes, too, when the bench ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    missing = [tool for tool in ("wrk", "nginx", "haproxy", "redis-server", "curl", "openssl") if not shutil.which(tool)]
    if missing:
        sys.exit(f"Missing: {', '.join(missing)}. Run make bench-setup.")
    wanted = options.only.split(",")
    reports = []
    unknown = set(wanted) - set(parser.get_default("only").split(","))
    if unknown:
        sys.exit(f"Unknown: {', '.join(unknown)}. Scenarios: {parser.get_default('only')}.")
    scenes = {
        "peers": beside_peers,
        "limits": alone.limits,
        "identity": alone.identity,
        "many": alone.many,
        "waiting": lambda folder, _, *rest: alone.waiting(folder, *rest),
        "stream": alone.stream,
        "start": alone.start,
    }
    for name in wanted:
        with tempfile.TemporaryDirectory(prefix="bench-") as place, contextlib.ExitStack() as stack:
            folder = pathlib.Path(place)
            os.chmod(folder, 0o755)
            if name in ("grpc", "websocket"):
                getattr(protocols, name)(folder, upstream(folder, stack), options, reports, stack)
            else:
                scenes[name](folder, upstream(folder, stack), options, reports)
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
