package dev.pintle.conformance;

import dev.pintle.testing.TestGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Lets the client and the server of the npm package {@code ws} talk directly and through a gateway, and compares the
 * results. The argument is the directory of their scripts and of their {@code node_modules}.
 */
public final class NodeWebSockets {
    private NodeWebSockets() {}

    public static void main(String[] arguments) throws Exception {
        Path scripts = Path.of(arguments[0]);
        Process server = node(scripts, "server.mjs");
        try (BufferedReader output = server.inputReader();
                TestGateway gateway = TestGateway.start()) {
            int port = Integer.parseInt(output.readLine());
            gateway.route("ws", "/ws", "http://127.0.0.1:" + port);
            List<String> direct = results(scripts, "ws://127.0.0.1:" + port + "/ws");
            List<String> through = results(scripts, gateway.url().replace("http", "ws") + "/ws");
            through.forEach(System.out::println);
            if (!through.equals(direct)) {
                throw new IllegalStateException("The results without a gateway differ:\n" + String.join("\n", direct));
            }
            System.out.println(through.size() + " cases have the same result directly and through the gateway.");
        } finally {
            server.destroyForcibly();
        }
    }

    private static List<String> results(Path scripts, String url) throws IOException, InterruptedException {
        Process client = node(scripts, "client.mjs", url);
        try (BufferedReader output = client.inputReader()) {
            List<String> results = output.lines().toList();
            int status = client.waitFor();
            if (status != 0) {
                throw new IllegalStateException("client.mjs ended with the status " + status + " after " + results);
            }
            return results;
        }
    }

    private static Process node(Path scripts, String... command) throws IOException {
        ProcessBuilder node = new ProcessBuilder("node");
        node.command().addAll(List.of(command));
        return node.directory(scripts.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
