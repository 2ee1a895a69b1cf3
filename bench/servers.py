"""The servers that the bench measures: an upstream, Pintle and its peers, on free ports of loopback.

The exit stack of the caller ends them.
"""

import contextlib
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
HOME = HERE.parent
TICK = os.sysconf("SC_CLK_TCK")
TOKEN = "a-token-for-the-bench"
JAVA_HOME = subprocess.check_output([HOME / "bin" / "find-jdk"], text=True).strip()
JAVA = JAVA_HOME + "/bin/java"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """A process on a port, with the processes it started."""

    def __init__(self, name, port, command, env=None, log=None, collections=None):
        self.name, self.port, self.collections = name, port, collections
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

    def allocated_kib(self):
        """Returns the bytes that a JVM has allocated up to its last collection; 0 for other processes."""
        total, left = 0, 0
        if self.collections and self.collections.exists():
            for before, after in re.findall(r"(\d+)M->(\d+)M\(", self.collections.read_text()):
                total, left = total + int(before) - left, int(after)
        return total * 1024

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


def collections_to(file):
    return f"-Xlog:gc:file={file}"


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
events {{ worker_connections 20000; }}
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
    def __init__(self, folder, target, stack, name="pintle", env=None, answers="/small"):
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
                "SHUTDOWN_DELAY": "0s",
                "JAVA_OPTS": collections_to(folder / f"{name}.gc"),
                "ADMIN_PORT": str(self.admin),
                **(env or {}),
            },
            folder / f"{name}.log",
            folder / f"{name}.gc",
        )
        stack.callback(self.stop)
        self.await_answer("/__ready")
        self.route("all", {"match": {"path": "/"}, "upstream": {"targets": [{"url": f"http://127.0.0.1:{target.port}"}]}, "circuitBreaker": {}})
        self.await_answer(answers)

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


def nginx_proxy(folder, target, stack, answers="/small"):
    port = free_port()
    server = Server("nginx", port, nginx(folder, port, f"""
  upstream u {{ server 127.0.0.1:{target.port}; keepalive 1024; keepalive_requests 1000000000; }}
  server {{ listen 127.0.0.1:{port} backlog=8192; client_max_body_size 0;
    location / {{ proxy_pass http://u; proxy_http_version 1.1; proxy_set_header Connection ""; }} }}"""))
    stack.callback(server.stop)
    server.await_answer(answers)
    return server


def peers(folder, target, stack):
    servers = [Pintle(folder, target, stack)]
    servers.append(nginx_proxy(folder, target, stack))
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
        JAVA, "-XX:+UseParallelGC", collections_to(folder / "jetty.gc"), "-cp", f"{HERE}/jetty/target/jetty.jar:{HERE}/jetty/target/dependency/*",
        "bench.Proxy", port, f"http://127.0.0.1:{target.port}"], collections=folder / "jetty.gc"))
    stack.callback(servers[-1].stop)
    port = free_port()
    servers.append(Server("scg", port, [
        JAVA, "-XX:+UseParallelGC", collections_to(folder / "scg.gc"), "-jar", HERE / "scg/target/scg.jar", f"--server.port={port}",
        "--server.address=127.0.0.1", f"--upstream=http://127.0.0.1:{target.port}"], log=folder / "scg.log", collections=folder / "scg.gc"))
    stack.callback(servers[-1].stop)
    for server in servers:
        server.await_answer("/small")
    return servers
