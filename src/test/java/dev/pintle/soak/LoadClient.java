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

/** A client that keeps a connection to each port. Used by one thread. */
final class LoadClient implements AutoCloseable {
    /** All is well. */
    static final String OK = "200";

    private static final Pattern CODE = Pattern.compile("\"code\":\"([a-z-]+)\"");

    private final Map<Integer, ClientConnection> kept = new HashMap<>();

    /** What the client hears, in a word or two: {@link #OK}, a status with its code, or how there was no answer. */
    String ask(ClientRequest question) {
        ClientConnection wire = kept.remove(question.port());
        if (wire == null) {
            return askAnew(question);
        }
        try {
            return ask(question, wire);
        } catch (IOException e) {
            // As every client does: a connection that was closed while it was idle is nobody's failure.
            return question.repeatable() && !wire.heard() ? askAnew(question) : word(e, wire);
        }
    }

    private String askAnew(ClientRequest question) {
        ClientConnection wire = null;
        try {
            wire = ClientConnection.to(question.port());
            return ask(question, wire);
        } catch (IOException e) {
            return word(e, wire);
        }
    }

    private String ask(ClientRequest question, ClientConnection wire) throws IOException {
        boolean keep = false;
        try {
            ClientConnection.Reply reply = wire.ask(question.octets());
            keep = reply.kept();
            return word(reply, question.expected());
        } finally {
            if (keep) {
                kept.put(question.port(), wire);
            } else {
                wire.close();
            }
        }
    }

    private static String word(ClientConnection.Reply reply, @Nullable String expected) {
        if (reply.status() == 200) {
            return expected == null || Objects.equals(reply.body(), expected) ? OK : "200 of another route";
        }
        Matcher code = CODE.matcher(reply.body());
        return code.find() ? reply.status() + " " + code.group(1) : Integer.toString(reply.status());
    }

    private static String word(IOException e, @Nullable ClientConnection wire) {
        return switch (e) {
            case ConnectException refused -> "refused";
            case SocketTimeoutException silence -> "no answer in time";
            default -> wire != null && wire.heard() ? "cut answer" : "closed without an answer";
        };
    }

    @Override
    public void close() {
        kept.values().forEach(ClientConnection::close);
        kept.clear();
    }
}
