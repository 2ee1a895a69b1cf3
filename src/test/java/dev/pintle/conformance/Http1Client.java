package dev.pintle.conformance;

import dev.pintle.testing.RawClient;
import org.jspecify.annotations.Nullable;

/** A strict HTTP/1 client. It reuses its connection while responses are complete. */
final class Http1Client implements SequentialClient {
    private final int port;
    private final String version;
    private final String fields;
    private @Nullable RawClient connection;

    Http1Client(int port, String version, String fields) {
        this.port = port;
        this.version = version;
        this.fields = fields;
    }

    @Override
    public Response send(String method, String target) {
        if (connection == null) {
            connection = RawClient.to(port);
        }
        String body = method.equals("POST") ? "Content-Length: 4\r\n\r\nbody" : "\r\n";
        connection.sendIfOpen(
                method + " " + target + " " + version + "\r\nHost: h\r\nTE: trailers\r\n" + fields + body);
        ObservedResponse response = ObservedResponse.last(connection.in(), method);
        if (!response.complete() || response.values("Connection").contains("close") || !version.equals("HTTP/1.1")) {
            close();
        }
        return new Response(
                response.status(), response.complete(), response.content().bytes());
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
