package dev.pintle.testing;

import static dev.pintle.testing.WebSockets.CLOSE;
import static dev.pintle.testing.WebSockets.handshake;
import static dev.pintle.testing.WebSockets.maskedFrame;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * WebSockets that exchange frames all the time, and both of their ends. The end is a Close code, or a text that describes
 * the fault.
 */
public final class TalkingWebSocket {
    private static final String WORD = "All work and no play makes Jack a dull boy. ".repeat(2);
    private static final int MASK_BYTES = 4;

    private TalkingWebSocket() {}

    /**
     * Opens a WebSocket and sends a frame for each frame that comes back, until the other side closes it.
     *
     * @param pause before each frame after the first
     * @param onFrame runs at each frame that came back
     */
    public static String talk(RawClient client, String path, Duration pause, Runnable onFrame) {
        String head = client.send(handshake(path)).head();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            return head;
        }
        try {
            client.send(maskedFrame(WORD));
            DataInputStream in = new DataInputStream(client.in());
            for (String frame = frame(in, 0); frame.equals(WORD); frame = frame(in, 0)) {
                onFrame.run();
                LockSupport.parkNanos(pause.toNanos());
                client.send(maskedFrame(WORD));
            }
            return "another frame";
        } catch (CloseFrame close) {
            client.send("\u0088\u0082\0\0\0\0" + close.getMessage()).finish();
            String rest = client.rest();
            return close.code()
                    + (rest.isEmpty() ? "" : " and " + rest.length() + " bytes")
                    + (client.wasReset() ? ", reset" : "");
        } catch (EOFException | SocketException e) {
            return "cut: " + e;
        } catch (IOException e) {
            return e.toString();
        }
    }

    /**
     * An upstream that sends each frame back in two parts, so that the middle of a frame is the likeliest place for a cut.
     *
     * @param ends receives the end of each WebSocket
     */
    public static RawUpstream.Conduct echo(Consumer<String> ends) {
        return WebSockets.accepts(connection -> {
            DataInputStream in = new DataInputStream(connection.in());
            try {
                while (true) {
                    String frame = WebSockets.frame(frame(in, MASK_BYTES));
                    connection.write(frame.substring(0, frame.length() / 2));
                    connection.write(frame.substring(frame.length() / 2));
                }
            } catch (CloseFrame close) {
                connection.write(CLOSE + close.getMessage());
                connection.finish();
                String rest = connection.rest();
                ends.accept(close.code() + (rest.isEmpty() ? "" : " and " + rest.length() + " bytes"));
            } catch (EOFException | SocketException e) {
                ends.accept("cut: " + e);
            }
        });
    }

    private static String frame(DataInputStream in, int maskBytes) throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte() & 0x7f;
        byte[] frame = new byte[maskBytes + length];
        in.readFully(frame);
        String payload = new String(frame, maskBytes, length, StandardCharsets.ISO_8859_1);
        if (first == CLOSE.charAt(0)) {
            throw new CloseFrame(payload);
        }
        return payload;
    }

    /** The other side closes the WebSocket. */
    private static final class CloseFrame extends IOException {
        private static final long serialVersionUID = 1L;

        CloseFrame(String payload) {
            super(payload);
        }

        String code() {
            String payload = getMessage();
            return payload.isEmpty() ? "no code" : Integer.toString(payload.charAt(0) << 8 | payload.charAt(1));
        }
    }
}
