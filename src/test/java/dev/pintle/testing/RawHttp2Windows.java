package dev.pintle.testing;

import dev.pintle.testing.RawHttp2Client.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Predicate;

/** The bytes that a server permits a {@link RawHttp2Client} to send on one stream (RFC 9113 section 5.2). Used by one thread. */
public final class RawHttp2Windows {
    private static final String PIECE = "x".repeat(16_000);
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int SETTING_BYTES = 6;

    /** More than the buffers of the sockets behind a gateway. */
    private static final long MOST = 64 << 20;

    private final RawHttp2Client client;
    private long connection = 65_535;
    private long stream = 65_535;

    private RawHttp2Windows(RawHttp2Client client) {
        this.client = client;
    }

    /** Reads the settings of a server, and the update that opens the window of the connection. */
    public static RawHttp2Windows of(RawHttp2Client client) {
        RawHttp2Windows windows = new RawHttp2Windows(client);
        ByteBuffer settings = bytes(windows.until(frame -> frame.type() == RawHttp2Client.SETTINGS));
        while (settings.remaining() >= SETTING_BYTES) {
            boolean initial = settings.getShort() == INITIAL_WINDOW_SIZE;
            int value = settings.getInt();
            windows.stream = initial ? value : windows.stream;
        }
        windows.until(frame -> frame.type() == RawHttp2Client.WINDOW_UPDATE);
        return windows;
    }

    /** The bytes that other streams of the connection may send. */
    public long ofConnection() {
        return connection;
    }

    /** Sends bytes until the server reads no more of them: it answers a PING and has opened no window. */
    public void exhaust(int id) {
        for (long sent = 0; sent < MOST; ) {
            if (Math.min(connection, stream) >= PIECE.length()) {
                client.data(id, 0, PIECE);
                connection -= PIECE.length();
                stream -= PIECE.length();
                sent += PIECE.length();
            } else {
                long before = stream;
                client.send(RawHttp2Client.PING, 0, 0, "windows?");
                until(frame -> frame.type() == RawHttp2Client.PING);
                if (stream == before) {
                    return;
                }
            }
        }
        throw new AssertionError("The server still reads after " + MOST + " bytes.");
    }

    /** Reads up to a frame and returns its payload. */
    private String until(Predicate<Frame> wanted) {
        while (true) {
            Frame frame = Objects.requireNonNull(client.frame(), "The server ended the connection.");
            if (frame.type() == RawHttp2Client.WINDOW_UPDATE) {
                int more = bytes(frame.payload()).getInt();
                connection += frame.stream() == 0 ? more : 0;
                stream += frame.stream() == 0 ? 0 : more;
            }
            if (wanted.test(frame)) {
                return frame.payload();
            }
        }
    }

    private static ByteBuffer bytes(String payload) {
        return ByteBuffer.wrap(payload.getBytes(StandardCharsets.ISO_8859_1));
    }
}
