"""How it is measured: loads, medians of interleaved rounds, tables."""

import re
import statistics
import subprocess
import sys

from servers import HERE, JAVA


def wrk(server, path, connections, seconds, script=None, header=None):
    """Requests a second; CPU microseconds and allocated KiB of the server a request."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s"]
    if script:
        command += ["-s", str(script)]
    if header:
        command += ["-H", header]
    before, allocated = server.cpu(), server.allocated_kib()
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
        "allocated": (server.allocated_kib() - allocated) / max(requests, 1),
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
        # Each server is the first in turn.
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
