package dev.pintle.soak;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A client connection to a local port, kept alive as long as the server does. Used by one thread. */
final class ClientConnection implements AutoCloseable {
    /**
     * A response.
     *
     * @param kept whether the connection can send another request
     */
    record Reply(int status, String body, boolean kept) {}

    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private boolean received;

    private ClientConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Connects.
     *
     * @throws java.net.ConnectException when the port refuses connections
     */
    static ClientConnection to(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new ClientConnection(socket);
    }

    /** Returns whether bytes of the last response arrived. */
    boolean received() {
        return received;
    }

    Reply send(String octets) throws IOException {
        received = false;
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        Map<String, String> fields = fields();
        return new Reply(status, body(fields), !"close".equalsIgnoreCase(fields.get("connection")));
    }

    private String body(Map<String, String> fields) throws IOException {
        byte[] body;
        if (fields.containsKey("transfer-encoding")) {
            body = chunks();
        } else if (fields.containsKey("content-length")) {
            body = exactly(Integer.parseInt(fields.get("content-length")));
        } else {
            body = in.readAllBytes();
        }
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunk(); size > 0; size = chunk()) {
            body.write(exactly(size));
            line();
        }
        fields();
        return body.toByteArray();
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] octets = in.readNBytes(length);
        if (octets.length < length) {
            throw new EOFException();
        }
        return octets;
    }

    private Map<String, String> fields() throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            fields.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return fields;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            received = true;
            if (octet == '\n') {
                return line.toString().stripTrailing();
            }
            line.append((char) octet);
        }
        throw new EOFException();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
