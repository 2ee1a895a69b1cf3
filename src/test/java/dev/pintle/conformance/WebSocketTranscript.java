package dev.pintle.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.WebSockets;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The answers of a server to the frames of a client.
 *
 * @param extensions those that the server selected, or blank
 * @param frames one line for each message and control frame, up to the end of the connection
 */
record WebSocketTranscript(String extensions, String frames) {
    private static final String HEADER = "Sec-WebSocket-Extensions: ";

    /** Sends the frames of a case, and a Close if the server closes first. */
    static WebSocketTranscript of(WebSocketCase each, int port) throws IOException {
        try (RawClient client = RawClient.to(port)) {
            String offer = each.extensions().isBlank() ? "" : HEADER + each.extensions() + "\r\n";
            String head = client.send(WebSockets.handshake("/", offer)).head();
            assertThat(head).startsWith("HTTP/1.1 101 ");
            Thread sender = Thread.ofVirtual().start(() -> each.pieces().forEach(client::sendIfOpen));
            String frames = new Reader(client).read();
            join(sender);
            return new WebSocketTranscript(
                    head.lines()
                            .filter(line -> line.regionMatches(true, 0, HEADER, 0, HEADER.length()))
                            .collect(Collectors.joining()),
                    frames);
        }
    }

    private static void join(Thread sender) {
        try {
            sender.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A message of text or bytes that the server sends. */
    static String message(int opcode, String payload) {
        return opcode + ":" + payload + "\n";
    }

    static String echo(String text) {
        return message(WebSocketCase.TEXT, text);
    }

    static String pong(String payload) {
        return message(WebSocketCase.PONG, payload);
    }

    static String closed(int code) {
        return "closed " + code + "\n";
    }

    /** Reads frames and inflates those that are compressed. */
    private static final class Reader {
        private static final byte[] END_OF_BLOCK = {0, 0, (byte) 0xff, (byte) 0xff};

        private final RawClient client;
        private final DataInputStream in;
        private final Inflater inflater = new Inflater(true);
        private final StringBuilder frames = new StringBuilder();
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private int messageFlags;

        Reader(RawClient client) {
            this.client = client;
            this.in = new DataInputStream(client.in());
        }

        String read() throws IOException {
            try {
                while (true) {
                    frame();
                }
            } catch (EOFException | SocketException e) {
                return frames.toString();
            }
        }

        private void frame() throws IOException {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            long size = switch (length) {
                case 126 -> in.readUnsignedShort();
                case 127 -> in.readLong();
                default -> length;
            };
            byte[] payload = in.readNBytes(Math.toIntExact(size));
            int opcode = first & ~(WebSocketCase.FIN | WebSocketCase.RSV1);
            if (opcode == WebSocketCase.CLOSE) {
                int code = payload.length < 2 ? 1_005 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
                frames.append(closed(code));
                client.sendIfOpen(WebSocketCase.GOODBYE).finish();
            } else if (opcode > WebSocketCase.CLOSE) {
                frames.append(message(opcode, new String(payload, StandardCharsets.ISO_8859_1)));
            } else {
                data(first, opcode, payload);
            }
        }

        /** Joins the fragments of a message, whose number is the server's choice. */
        private void data(int first, int opcode, byte[] payload) {
            if (opcode != WebSocketCase.CONTINUATION) {
                message.reset();
                messageFlags = first;
            }
            message.writeBytes(payload);
            if ((first & WebSocketCase.FIN) != 0) {
                boolean compressed = (messageFlags & WebSocketCase.RSV1) != 0;
                byte[] whole = message.toByteArray();
                frames.append(message(
                        messageFlags & 0x0f,
                        new String(compressed ? inflate(whole) : whole, StandardCharsets.ISO_8859_1)));
            }
        }

        private byte[] inflate(byte[] payload) {
            ByteArrayOutputStream inflated = new ByteArrayOutputStream();
            byte[] buffer = new byte[8 << 10];
            try {
                for (byte[] part : new byte[][] {payload, END_OF_BLOCK}) {
                    inflater.setInput(part);
                    for (int n = inflater.inflate(buffer); n > 0; n = inflater.inflate(buffer)) {
                        inflated.write(buffer, 0, n);
                    }
                }
            } catch (DataFormatException e) {
                throw new IllegalStateException("the server's compressed frame cannot be inflated", e);
            }
            return inflated.toByteArray();
        }
    }
}
