"""Nodes of Pintle beside each other: many routes, a small heap, the start. A long stream beside nginx."""

import contextlib
import re
import subprocess
import threading
import time

from measures import agreeing, interleaved, longer, paced, table, warm, wrk
from pintle import Pintle
from proxies import nginx_proxy
from servers import HOME, JAVA_HOME, Server, free_port, java


def many(folder, target, options, reports, stack):
    """The same request with one route and with ten thousand; then with one of them changed ten times a second."""
    few, lots = Pintle(folder, target, stack, "pintle-few"), Pintle(folder, target, stack, "pintle-lots")
    lots.bring([
        {"id": f"r{i}", "match": {"path": f"/r{i}/x"}, "upstream": {"targets": [{"url": "http://127.0.0.1:9"}]}}
        for i in range(10_000)
    ])
    warm([few, lots], options, small)
    found, agreed = agreeing({"1 route": few, "10,000 routes": lots}, options, lambda node: small(node, options.seconds),
                             [("10,000 routes", "1 route")])
    table("Ten thousand routes", [
        (way, [*found.beside("rps", way, "1 route"), *found.beside("cpu", way, "1 route")]) for way in found
    ], ["requests/s", "÷ 1 route", "CPU µs/request", "÷ 1 route"], reports, agreed)

    budget = longer(options, 2)

    def load(during):
        with during(lots):
            return paced(lots, "/small", 2000, 32, budget.seconds)

    changed = "one of 10,000 routes changed, ten times a second"
    found, agreed = agreeing({"none": contextlib.nullcontext, changed: changes}, budget, load, [(changed, "none")], ("p99",))
    table("A reload every 100 ms", [
        (way, [f"{r['p50']:.0f}", f"{r['p99']:.0f}", f"{found.ratio('p99', way, 'none'):.2f}", f"{r['failed']:.0f}"])
        for way, r in found.items()
    ], ["p50 µs", "p99 µs", "÷ none", "failed"], reports, f"2,000 requests a second. {agreed}")


def small(node, seconds):
    return wrk(node, "/small", 64, seconds)


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


def heap(folder, target, options, reports, stack):
    """A node with a heap of 256 MiB beside one that takes the JVM's default, a quarter of the memory."""
    bounded = "-Xmx256m"
    ways = {"default heap": Pintle(folder, target, stack, "pintle-default"), bounded: Pintle(folder, target, stack, "pintle-256m", java_opts=bounded)}
    warm(ways.values(), options, small)
    found, agreed = agreeing(ways, options, lambda node: small(node, options.seconds), [(bounded, "default heap")], ("rps",))
    table("A heap of 256 MiB", [
        (way, [*found.beside("rps", way, "default heap"), *found.beside("cpu", way, "default heap"), f"{ways[way].rss_mib():.0f}", f"{r['bad']:.0f}"])
        for way, r in found.items()
    ], ["requests/s", "÷ default heap", "CPU µs/request", "÷ default heap", "RSS MiB after the load", "not 2xx"], reports,
        f"Small GET, 64 connections. Goals: at least 0.9 × the requests/s of the default heap; at most 400 MiB. {agreed}")


def heap_mib(node):
    """Returns the memory in use after a collection."""
    jcmd = [JAVA_HOME + "/bin/jcmd", str(node.process.pid)]
    subprocess.run([*jcmd, "GC.run"], check=True, stdout=subprocess.DEVNULL)
    text = subprocess.check_output([*jcmd, "GC.heap_info"], text=True)
    return sum(int(used) for used in re.findall(r"(?:PSYoungGen|ParOldGen)\s+total \d+K, used (\d+)K", text)) / 1024


def stream(folder, target, options, reports, stack):
    """1 GiB from the upstream to one client."""
    with open(folder / "files" / "1g", "wb") as file:
        file.truncate(1 << 30)
    node, other = Pintle(folder, target, stack), nginx_proxy(folder, target, stack)
    for server in (node, other):
        download(server)
    before, rss = heap_mib(node), node.rss_mib()
    found, agreed = agreeing({"pintle": node, "nginx": other}, options, download, [("pintle", "nginx")], ("mib",))
    grown = {"pintle": f"{heap_mib(node) - before:.0f}, {node.rss_mib() - rss:.0f}"}
    table("1 GiB to one client", [
        (name, [*found.beside("mib", name, "nginx"), f"{r['cpu']:.2f}", grown.get(name, "–")])
        for name, r in found.items()
    ], ["MiB/s", "÷ nginx", "CPU s", "heap, RSS grown MiB"], reports, agreed)


def download(server):
    before = server.cpu()
    speed = subprocess.check_output(["curl", "-sf", "-o", "/dev/null", "-w", "%{speed_download}", server.url("/1g")], text=True)
    return {"mib": float(speed) / (1 << 20), "cpu": server.cpu() - before}


def start(folder, target, options, reports, stack):
    """From the jar to the first request that was proxied, on a PostgreSQL of another process."""
    other = Pintle(folder, target, stack, "pintle-other")
    port = (folder / other.name / "postgres" / "postmaster.pid").read_text().split("\n")[3]
    found = interleaved({"jar": False, "jar and make aot": True}, options.rounds, lambda aot: first_answer(folder, port, aot))
    table("Start", [(way, [f"{r['seconds']:.1f}", f"{r['rss']:.0f}"]) for way, r in found.items()],
          ["s to the first proxied request", "RSS MiB at rest"], reports)


def first_answer(folder, database, aot):
    port = free_port()
    name = f"start-{port}"
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


def coldstart(folder, target, options, reports, stack):
    """The drill of a node that starts on a busy machine, in the report of the bench."""
    text = subprocess.check_output(java("soak.Drills", "ColdStart"), cwd=HOME, text=True, stderr=subprocess.DEVNULL)
    fault, goal, reached = re.search(r"^\| (a node starts .*?) \| (.*?) \| (.*?) \|$", text, re.MULTILINE).groups()
    table("Cold start", [("pintle", [reached])], ["failed; circuits"], reports, f"{fault[0].upper()}{fault[1:]}. Goal: {goal}.")
