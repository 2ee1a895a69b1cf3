"""How it is measured: loads, rounds that repeat until two runs agree, tables."""

import argparse
import pathlib
import random
import re
import statistics
import subprocess
import sys
import time

from servers import HERE, JAVA

TOLERANCE = 0.1
# A JVM is warm when the last so many loads did not make a request cheaper by more than a share. Each load takes so many seconds at least.
PATIENCE, GAIN, STEP = 3, 0.03, 5
# Some JVMs compiled parts of a request again after 55 to 65 s of their first load.
FIRST = 70
# A collection counts in the round in which it happens, so only the mean is the allocation. A single failure must show.
COMBINED = {"allocated": statistics.mean, "bad": sum, "late": sum, "failed": sum}
# The peers that Pintle's figures are divided by, and how a table calls them.
BASES = {"nginx": "nginx", "jetty": "Jetty", "scg": "SCG"}


class Meter:
    """The CPU time and the allocation of a server from now on."""

    def __init__(self, server):
        self.server, self.cpu, self.allocated = server, server.cpu(), server.allocated_kib()

    def per(self, requests):
        """Returns CPU microseconds and allocated KiB a request."""
        count = max(requests, 1)
        return {"cpu": (self.server.cpu() - self.cpu) / count * 1e6, "allocated": (self.server.allocated_kib() - self.allocated) / count}


def wrk(server, path, connections, seconds, script=None, header=None, timeout=2):
    """Requests a second over kept connections. A script can print the 99.9th percentile, as "p99.9 1234 us"."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", f"{timeout}s"]
    if script:
        command += ["-s", str(script)]
    if header:
        command += ["-H", header]
    meter = Meter(server)
    text = subprocess.check_output([*command, server.url(path)], text=True)
    errors = re.search(r"Socket errors: (.*)", text)
    if errors:
        print(f"    {server.name} {path}: socket errors: {errors.group(1)}", file=sys.stderr)
    return {
        "rps": float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)),
        **meter.per(number(r"(\d+) requests in", text)),
        "bad": number(r"Non-2xx or 3xx responses: (\d+)", text),
        "late": number(r"Socket errors: .*timeout (\d+)", text),
        "p999": number(r"p99\.9 (\d+) us", text),
    }


def h2load(server, path, connections, streams, seconds):
    """Requests a second over HTTP/2, with so many streams of each connection at once."""
    meter = Meter(server)
    text = subprocess.check_output(["h2load", f"-c{connections}", f"-m{streams}", f"-D{seconds}", server.url(path)], text=True)
    done = number(r"(\d+) done", text)
    return {"rps": done / seconds, **meter.per(done), "bad": max(done - number(r"(\d+) succeeded", text), 0)}


def paced(server, path, rate, connections, seconds):
    out = subprocess.check_output(
        [JAVA, HERE / "Paced.java", str(server.port), path, str(rate), str(connections), str(seconds)], text=True)
    p50, p99, p999, failed = (int(word) for word in out.split())
    return {"p50": p50, "p99": p99, "p999": p999, "failed": failed}


def number(pattern, text):
    found = re.search(pattern, text)
    return int(found.group(1)) if found else 0


def warm(servers, options, load):
    """Loads each server before it is measured: a JVM until it is warm, at most for the time of the options; others briefly.

    A load is at least as long as one of the rounds: opening thousands of connections takes most of a shorter one.
    """
    for server in servers:
        if server.collections:
            settle(lambda seconds: load(server, seconds), options.warm, max(STEP, options.seconds), 0 if server.warm else FIRST)
            server.warm = True
        else:
            load(server, min(options.warm, 2))


def settle(load, most, step=STEP, least=FIRST):
    """Loads a JVM until a request no longer gets cheaper, for so many seconds at least and at most."""
    best, since = float("inf"), 0
    for turn in range(max(most // step, 1)):
        cpu = load(min(step, most))["cpu"]
        since = 0 if cpu < (1 - GAIN) * best else since + 1
        best = min(best, cpu)
        if since >= PATIENCE and (turn + 1) * step >= least:
            return


def longer(options, times):
    """Half as many rounds, each so many times as long: for loads that take a while to start."""
    return argparse.Namespace(**{**vars(options), "rounds": max(options.rounds // 2, 1), "seconds": times * options.seconds})


class Found(dict):
    """The medians of each way by its name, and the rounds behind them."""

    def __init__(self, rounds):
        super().__init__((name, medians(results)) for name, results in rounds.items())
        self.rounds = rounds

    def ratio(self, figure, one, other):
        """The median of the ratios of each round. The speed of the machine changes less within a round than between rounds."""
        return statistics.median(a[figure] / max(b[figure], 1e-9) for a, b in zip(self.rounds[one], self.rounds[other]))

    def beside(self, figure, one, *others):
        """The cells of a figure and of its ratios."""
        return [f"{self[one][figure]:.0f}", *(f"{self.ratio(figure, one, other):.2f}" if self[other][figure] else "–" for other in others)]


def medians(results):
    return {key: COMBINED.get(key, statistics.median)(one[key] for one in results) for key in results[0]}


def interleaved(ways, rounds, measure):
    """Measures each way in each round. Every second round reverses a shuffled order, so that no way always follows the same other one."""
    found = {name: [] for name in ways}
    order = list(ways)
    for turn in range(rounds):
        if turn % 2:
            order.reverse()
        else:
            random.shuffle(order)
        for name in order:
            found[name].append(measure(ways[name]))
    return Found(found)


def agreeing(ways, options, measure, pairs, figures=("rps", "cpu")):
    """Repeats the rounds until the ratios of two runs agree, at most as often as the options say.

    The ratios are those of each pair of ways in each figure. Returns what the last run found, and a sentence about all runs.
    """
    runs = []
    for _ in range(options.runs):
        found = interleaved(ways, options.rounds, measure)
        now = {f"{figure} of {one} ÷ {other}": found.ratio(figure, one, other) for one, other in pairs for figure in figures}
        if any(all(agree(now[key], before[key]) for key in now) for before in runs):
            return found, f"Two of {len(runs) + 1} runs agreed within {TOLERANCE:.0%}."
        runs.append(now)
    if len(runs) == 1:
        return found, "One run."
    seen = "; ".join(f"{key} {', '.join(f'{run[key]:.2f}' for run in runs)}" for key in now if not agree(*extremes(run[key] for run in runs)))
    return found, f"**The machine was too busy**: no two of {len(runs)} runs agreed within {TOLERANCE:.0%} ({seen})."


def agree(one, other):
    return abs(one - other) <= TOLERANCE * max(one, other)


def extremes(values):
    found = sorted(values)
    return found[0], found[-1]


def compare(title, servers, options, reports, load, note="", more=None):
    """Measures servers by a load, and prints their throughput and CPU beside those of the peers among them."""
    bases = bases_among(servers)
    # Spring Cloud Gateway varies most, and no goal names it.
    pairs = [(servers[0].name, name) for name in bases if name != "scg"]
    found, agreed = agreeing({server.name: server for server in servers}, options, lambda server: load(server, options.seconds), pairs)

    more = more or {"not 2xx": lambda result: f"{result['bad']:.0f}"}
    over = [f"÷ {label}" for label in bases.values()]
    rows = [(name, [*found.beside("rps", name, *bases), *found.beside("cpu", name, *bases), *(show(result) for show in more.values())])
            for name, result in found.items()]
    table(title, rows, ["requests/s", *over, "CPU µs/request", *over, *more], reports, f"{note} {agreed}".strip())
    return found


def compare_latency(servers, options, reports, found, path, connections, note):
    """Measures the latency at half of the throughput that the slowest server reached."""
    rate = max(int(min(result["rps"] for result in found.values()) / 2), 1)
    budget = longer(options, 2)
    found, agreed = agreeing({server.name: server for server in servers}, budget,
                             lambda server: paced(server, path, rate, connections, budget.seconds), [(servers[0].name, "nginx")], ("p99",))
    bases = bases_among(servers)
    rows = [(name, [f"{r['p50']:.0f}", f"{r['p99']:.0f}", f"{r['p999']:.0f}", *(f"{found.ratio('p99', name, base):.2f}" for base in bases),
                    f"{r['failed']:.0f}"]) for name, r in found.items()]
    table(f"Latency at {rate} requests a second, {connections:,} connections", rows,
          ["p50 µs", "p99 µs", "p99.9 µs", *(f"p99 ÷ {label}" for label in bases.values()), "failed"], reports,
          f"Half of the slowest server's throughput, from when each request was due. {note} {agreed}")


def bases_among(servers):
    return {name: label for name, label in BASES.items() if name in {server.name for server in servers}}


def busy(seconds=1):
    """Returns the share of the machine that is not idle now."""
    def times():
        fields = [int(field) for field in pathlib.Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
        return sum(fields), fields[3] + fields[4]

    total, idle = times()
    time.sleep(seconds)
    end, rest = times()
    return 1 - (rest - idle) / max(end - total, 1)


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
