package dev.pintle.conformance;

import dev.pintle.testing.RawHttp2Client;
import org.jspecify.annotations.Nullable;

/** An HTTP/2 client that opens one stream after the other. */
final class Http2Client implements SequentialClient {
    private static final int LARGEST_INCREMENT = 0x7fff0000;

    private final int port;
    private @Nullable RawHttp2Client connection;
    private int stream;

    Http2Client(int port) {
        this.port = port;
    }

    @Override
    public Response send(String method, String target) {
        if (connection == null) {
            connection = RawHttp2Client.to(port)
                    .send(RawHttp2Client.WINDOW_UPDATE, 0, 0, RawHttp2Client.number(LARGEST_INCREMENT));
            stream = -1;
        }
        stream += 2;
        if (method.equals("POST")) {
            connection.request(stream, 0, method, target, "te", "trailers");
            connection.data(stream, RawHttp2Client.END_STREAM, "body");
        } else {
            connection.request(stream, RawHttp2Client.END_STREAM, method, target);
        }
        RawHttp2Client.Answer answer = connection.answer(stream);
        if (answer.error() == Integer.MAX_VALUE) {
            close();
        }
        return new Response(answer.status(), answer.error() == -1, answer.body());
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
