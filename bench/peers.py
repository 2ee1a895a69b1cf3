"""Ordinary requests beside nginx, HAProxy, Jetty's ProxyHandler and Spring Cloud Gateway."""

from measures import BASES, compare, compare_latency, longer, table, warm, wrk
from pintle import Pintle
from proxies import haproxy_proxy, jetty, nginx_proxy, spring


def peers(folder, target, options, reports, stack):
    servers = [Pintle(folder, target, stack), *(start(folder, target, stack) for start in (nginx_proxy, haproxy_proxy, jetty, spring)), target]
    script = folder / "post.lua"
    script.write_text('wrk.method = "POST"\nwrk.body = string.rep("x", 10240)\n')

    def load(path, connections, script=None):
        return lambda server, seconds: wrk(server, path, connections, seconds, script)

    def requests(title, path, connections, note, script=None, budget=options):
        more = {"KiB allocated/request": lambda r: f"{r['allocated']:.1f}" if r["allocated"] else "–", "not 2xx": lambda r: f"{r['bad']:.0f}"}
        of_servers = load(path, connections, script)
        warm(servers, budget, of_servers)
        return compare(title, servers, budget, reports, of_servers, note, more)

    small = requests("Small GET, 64 connections", "/small", 64,
                     "200 bytes. One worker for nginx and for HAProxy; the JVMs take what they want of the machine. The upstream itself, asked "
                     "directly, is the limit. Goals: CPU at most Jetty's and 2.8 × nginx's; at most 12 KiB allocated.")
    compare_latency(servers, options, reports, small, "/small", 64, "Goal: p99 at most 1.5 × nginx's.")
    base = f"Goals: CPU at most 1.15 × Jetty's, and at most 15 µs above the small GET's {small['pintle']['cpu']:.0f} µs."
    requests("10 KiB answers", "/10k", 64, base)
    requests("1 MiB answers", "/1m", 16, "16 connections.")
    requests("10 KiB POST", "/post", 64, base, script)
    # Opening the connections takes a part of each round.
    requests("Small GET, 1,000 connections", "/small", 1000, f"Goal: CPU at most 1.25 × {small['pintle']['cpu']:.0f} µs, that of 64 connections.",
             budget=longer(options, 2))
    memory(servers, reports)


def memory(servers, reports):
    found = {server.name: server.rss_mib() for server in servers}
    table("Memory", [(name, [f"{mib:.0f}", *(f"{mib / found[base]:.2f}" for base in BASES)]) for name, mib in found.items()],
          ["RSS MiB after the load", *(f"÷ {label}" for label in BASES.values())], reports)
