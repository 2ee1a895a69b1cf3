package dev.pintle.testing;

import dev.pintle.testing.RawHttp2Client.Frame;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The server side of an HTTP/2 connection of a {@link RawUpstream}, frame by frame. Used by one thread. */
public final class RawHttp2Upstream {
    private final RawUpstream.Connection connection;
    private final DataInputStream in;

    private RawHttp2Upstream(RawUpstream.Connection connection) {
        this.connection = connection;
        this.in = new DataInputStream(connection.in());
    }

    /** The behavior on one connection, after the prefaces. */
    @FunctionalInterface
    public interface Conduct {
        void serve(RawHttp2Upstream connection) throws IOException;
    }

    /** Reads the client's preface, sends SETTINGS, and continues with a conduct. */
    public static RawUpstream.Conduct that(Conduct conduct) {
        return that("", conduct);
    }

    /** Sends SETTINGS with this payload. */
    public static RawUpstream.Conduct that(String settings, Conduct conduct) {
        return connection -> {
            connection.bytes(RawHttp2Client.PREFACE.length());
            conduct.serve(new RawHttp2Upstream(connection).send(RawHttp2Client.SETTINGS, 0, 0, settings));
        };
    }

    public RawHttp2Upstream send(int type, int flags, int stream, String payload) throws IOException {
        connection.write(RawHttp2Client.frame(payload.length(), type, flags, stream) + payload);
        return this;
    }

    /** Sends a header block in one frame. */
    public RawHttp2Upstream headers(int stream, int flags, String... namesAndValues) throws IOException {
        return send(
                RawHttp2Client.HEADERS,
                RawHttp2Client.END_HEADERS | flags,
                stream,
                RawHttp2Client.block(namesAndValues));
    }

    /** Sends a complete response. */
    public RawHttp2Upstream answer(int stream, String body) throws IOException {
        return headers(stream, 0, ":status", "200").send(RawHttp2Client.DATA, RawHttp2Client.END_STREAM, stream, body);
    }

    /** Ends a gRPC call with a status, without a message. */
    public void grpcStatus(int stream, int status) throws IOException {
        headers(
                stream,
                RawHttp2Client.END_STREAM,
                ":status",
                "200",
                "content-type",
                "application/grpc",
                "grpc-status",
                Integer.toString(status));
    }

    /** Reads frames up to the head of the next request, and returns the number of its stream; 0 at the end. */
    public int request() throws IOException {
        Frame frame = next(RawHttp2Client.HEADERS);
        return frame == null ? 0 : frame.stream();
    }

    /** Reads frames up to one of a type; null at the end of the connection. */
    public @Nullable Frame next(int type) throws IOException {
        for (Frame frame = frame(); frame != null; frame = frame()) {
            if (frame.type() == type) {
                return frame;
            }
        }
        return null;
    }

    /** Reads the next frame; null at the end of the connection. */
    public @Nullable Frame frame() throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int length = first << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        return new Frame(type, flags, stream, new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
    }

    /** Waits for the latch without reading. */
    public RawHttp2Upstream await(CountDownLatch word) throws IOException {
        connection.await(word);
        return this;
    }

    /** Waits until the other side closes the connection. */
    public void linger() throws IOException {
        connection.linger();
    }
}
