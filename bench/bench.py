#!/usr/bin/env python3
"""Measures Pintle beside nginx, HAProxy, Spring Cloud Gateway and Jetty's ProxyHandler, in one run, on loopback.

The script starts all servers on free ports and ends them. Compare the ratios: absolute times mean little on a shared machine.
A round measures each server for a few seconds, in a shuffled order. A ratio is the median of the ratios of each round, because the speed
of the machine changes within seconds. Runs of several rounds repeat until the ratios of two runs agree. Before the first round, each JVM
has load until the CPU of a request no longer changes. docs/engineering/measurements.md lists the scenarios.

    bench/bench.py [--rounds 6] [--seconds 2] [--runs 4] [--warm 120] [--only NAME,...] [--write]
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
import limits
import peers
import protocols
import tls
import waiting
from measures import busy
from servers import HERE, JAVA, upstream

SCENARIOS = {
    scenario.__name__: scenario
    for scenario in (peers.peers, tls.tls, tls.handshakes, tls.http2, protocols.grpc, protocols.websocket, limits.limits, limits.identity,
                     alone.many, waiting.waiting, alone.stream, alone.heap, alone.start, alone.coldstart)
}
TOOLS = ("wrk", "nginx", "haproxy", "redis-server", "curl", "openssl")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=6, help="rounds of a run")
    parser.add_argument("--seconds", type=int, default=2, help="seconds of load on each server in a round")
    parser.add_argument("--runs", type=int, default=4, help="the most runs of a comparison; fewer when two agree")
    parser.add_argument("--warm", type=int, default=120, help="the most seconds of load on each JVM before the first round; fewer when it is warm")
    parser.add_argument("--only", default=",".join(SCENARIOS), help="scenarios, separated by commas: %(default)s")
    parser.add_argument("--write", action="store_true", help="write bench/results.md")
    options = parser.parse_args()
    # Ends the started processes, too, when the bench ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    wanted = options.only.split(",")
    unknown = [name for name in wanted if name not in SCENARIOS]
    if unknown:
        sys.exit(f"Unknown: {', '.join(unknown)}. Scenarios: {', '.join(SCENARIOS)}.")
    missing = [tool for tool in (*TOOLS, *(["h2load"] if "http2" in wanted else [])) if not shutil.which(tool)]
    if missing:
        sys.exit(f"Missing: {', '.join(missing)}. Run make bench-setup.")
    reports = []
    for name in wanted:
        with tempfile.TemporaryDirectory(prefix="bench-") as place, contextlib.ExitStack() as stack:
            folder = pathlib.Path(place)
            os.chmod(folder, 0o755)
            warn(name, busy(), reports)
            SCENARIOS[name](folder, upstream(folder, stack), options, reports, stack)
    if options.write:
        (HERE / "results.md").write_text(header(options) + "\n" + "\n".join(reports))


def warn(name, share, reports):
    """Warns that the figures of the next scenario are in doubt."""
    if share > 0.1:
        text = f"**The machine was busy**: before `{name}`, other processes used {share:.0%} of it.\n"
        print(text, flush=True)
        reports.append(text)


def header(options):
    def first(command):
        done = subprocess.run(command, capture_output=True, text=True)
        return (done.stdout + done.stderr).strip().split("\n")[0]

    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return "\n".join([
        "# Results of make bench",
        "",
        f"{os.cpu_count()} cores ({model.group(1) if model else platform.machine()}), {platform.system()} {platform.release()}. Load, gateway",
        f"and upstream share them. Runs of {options.rounds} rounds of {options.seconds} s, and of half as many, longer rounds for loads that take a "
        "while to start. Figures are medians of the rounds, ratios the medians of the ratios of each round, allocations means, failures sums.",
        f"{first(['nginx', '-v'])}; {first(['haproxy', '-v'])}; Spring Cloud Gateway 2025.1.4; Jetty 12.1.14; {first([JAVA, '--version'])}.",
        "All measured JVMs run ParallelGC and compact object headers. Pintle runs with every default policy on (trace ids, metrics, access log to a",
        "file, retries) and a breaker.",
        "",
    ])


if __name__ == "__main__":
    main()
