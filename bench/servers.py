"""Processes on free ports of loopback, and the upstream that the proxies share. The exit stack of the caller ends them."""

import contextlib
import copy
import http.client
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
JAVA_HOME = subprocess.check_output([HOME / "bin" / "find-jdk"], text=True).strip()
JAVA = JAVA_HOME + "/bin/java"
# As bin/pintle runs its JVM.
JVM = (JAVA, "-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """A process on a port, with the processes it started. A JVM logs its collections to a file."""

    def __init__(self, name, port, command, env=None, log=None, collections=None):
        self.name, self.port, self.scheme, self.collections, self.warm = name, port, "http", collections, False
        out = open(log, "w") if log else subprocess.DEVNULL
        self.process = subprocess.Popen(
            [str(word) for word in command], stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})}
        )

    def at(self, scheme, port):
        """Returns the same process by another of its ports."""
        other = copy.copy(self)
        other.scheme, other.port = scheme, port
        return other

    def url(self, path):
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

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

    def await_port(self, seconds=20):
        end = time.time() + seconds
        while time.time() < end:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            time.sleep(0.05)
        sys.exit(f"{self.name} does not listen")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        if self.process.poll() is None:
            self.process.kill()


def collections_to(file):
    return f"-Xlog:gc:file={file}"


def java(main, *arguments):
    """The command for a main class on the class path of the tests."""
    classpath = f"{HOME}/target/test-classes:{HOME}/target/classes:{(HOME / 'target/test.classpath').read_text().strip()}"
    return [*JVM, "--enable-native-access=ALL-UNNAMED", "-cp", classpath, f"dev.pintle.{main}", *arguments]


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def nginx(folder, port, listen_body, workers=1):
    """The command for an nginx with this configuration."""
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
