"""A node of Pintle with an embedded PostgreSQL."""

import http.client
import json
import os
import subprocess
import sys
import time

from servers import HOME, Server, collections_to, free_port

TOKEN = "a-token-for-the-bench"


class Pintle(Server):
    """A node with the shipped config.yml, whose first route goes to the target with a circuit breaker."""

    def __init__(self, folder, target, stack, name="pintle", env=None, answers="/small", certificate=None, java_opts=""):
        self.admin, self.https = free_port(), free_port()
        port = self.h2c = free_port()
        data = folder / name
        config = folder / f"{name}.yml"
        text = (HOME / "config.yml").read_text()
        # The access log goes to a file, as in production.
        console = "- type: console\n          # Each message"
        assert console in text
        text = text.replace(console, f"""- type: file
          archive: false
          currentLogFilename: {folder}/{name}-access.log
          # Each message""")
        if certificate:
            text = text.replace("  adminConnectors:\n", f"{self.connector(certificate)}  adminConnectors:\n")
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
                "JAVA_OPTS": f"{collections_to(folder / f'{name}.gc')} {java_opts}",
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

    def connector(self, certificate):
        """Returns a connector for TLS, with the values of the one in clear text."""
        return f"""    - type: h2
      port: {self.https}
      bindHost: 127.0.0.1
      maxRequestHeaderSize: 32KiB
      inputBufferSize: 24KiB
      idleTimeout: 65s
      certificate: {certificate}.crt
      key: {certificate}.key
"""

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
