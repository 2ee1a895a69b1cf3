package dev.pintle.soak;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client with one connection per port. Used by one thread. */
final class LoadClient implements AutoCloseable {
    /** The outcome of a valid response. */
    static final String OK = "200";

    private static final Pattern CODE = Pattern.compile("\"code\":\"([a-z-]+)\"");

    private final Map<Integer, ClientConnection> kept = new HashMap<>();

    /** Sends a request and returns its outcome: {@link #OK}, a status with its code, or the kind of failure. */
    String send(ClientRequest request) {
        ClientConnection wire = kept.remove(request.port());
        if (wire == null) {
            return sendOnNewConnection(request);
        }
        try {
            return send(request, wire);
        } catch (IOException e) {
            // Repeats like every client: a connection that was closed while idle is not a failure.
            return request.repeatable() && !wire.received() ? sendOnNewConnection(request) : outcome(e, wire);
        }
    }

    private String sendOnNewConnection(ClientRequest request) {
        ClientConnection wire = null;
        try {
            wire = ClientConnection.to(request.port());
            return send(request, wire);
        } catch (IOException e) {
            return outcome(e, wire);
        }
    }

    private String send(ClientRequest request, ClientConnection wire) throws IOException {
        boolean keep = false;
        try {
            ClientConnection.Reply reply = wire.send(request.octets());
            keep = reply.kept();
            return outcome(reply, request.expected());
        } finally {
            if (keep) {
                kept.put(request.port(), wire);
            } else {
                wire.close();
            }
        }
    }

    private static String outcome(ClientConnection.Reply reply, @Nullable String expected) {
        if (reply.status() == 200) {
            return expected == null || Objects.equals(reply.body(), expected) ? OK : "200 of another route";
        }
        Matcher code = CODE.matcher(reply.body());
        return code.find() ? reply.status() + " " + code.group(1) : Integer.toString(reply.status());
    }

    private static String outcome(IOException e, @Nullable ClientConnection wire) {
        return switch (e) {
            case ConnectException refused -> "refused";
            case SocketTimeoutException silence -> "no response in time";
            default -> wire != null && wire.received() ? "cut-off response" : "closed without a response";
        };
    }

    @Override
    public void close() {
        kept.values().forEach(ClientConnection::close);
        kept.clear();
    }
}
