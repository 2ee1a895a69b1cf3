"""Thousands of requests that wait for a slow upstream."""

import asyncio
import contextlib
import resource
import threading
import time

from alone import heap_mib
from measures import compare, compare_latency, longer, table, warm, wrk
from pintle import Pintle
from proxies import jetty, nginx_proxy
from servers import HERE, JAVA, Server, free_port

WAITING = 5_000
# wrk omits later answers from its percentiles.
TIMEOUT = 10


def waiting(folder, _, options, reports, stack):
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    # Each has its servers, which end before the next starts.
    for scene in (at_once, steady):
        with contextlib.ExitStack() as own:
            scene(folder, options, reports, own)


def at_once(folder, options, reports, stack):
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


def steady(folder, options, reports, stack):
    target = slow(100, stack, folder)
    servers = [Pintle(folder, target, stack, answers="/"), nginx_proxy(folder, target, stack, "/"),
               jetty(folder, target, stack, "/", connections=WAITING)]
    patient(servers[0], target)
    script = folder / "percentile.lua"
    script.write_text('done = function(_, latency) io.write(string.format("p99.9 %d us\\n", latency:percentile(99.9))) end\n')

    def load(server, seconds):
        return wrk(server, "/", WAITING, seconds, script, timeout=TIMEOUT)

    # Opening the connections takes a part of each round.
    budget = longer(options, 4)
    warm(servers, budget, load)
    found = compare(f"{WAITING:,} connections, an upstream that takes 100 ms", servers, budget, reports, load,
                    f"Rounds of {budget.seconds} s, with the opening of the connections. Goal: at least 0.7 × nginx's requests/s.",
                    {"p99.9 ms": lambda result: f"{result['p999'] / 1000:.0f}", f"after {TIMEOUT} s": lambda result: f"{result['late']:.0f}",
                     "not 2xx": lambda result: f"{result['bad']:.0f}"})
    compare_latency(servers, options, reports, found, "/", WAITING, "The connections are open. Goal: p99.9 below 500 ms.")


def slow(millis, stack, folder):
    """An upstream that takes its time."""
    port = free_port()
    server = Server("slow", port, [JAVA, HERE / "Slow.java", port, millis], log=folder / "slow.log")
    stack.callback(server.stop)
    server.await_answer("/", 30)
    return server


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
