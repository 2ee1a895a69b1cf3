package dev.pintle.conformance;

import dev.pintle.testing.RawUpstream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What an upstream does here: it writes down what it hears, octet by octet, and answers what the case says. */
final class RecordingUpstream implements RawUpstream.Conduct {
    /** Where the innocent go, whose answers no case may spoil. */
    static final String INNOCENT = "/innocent/";

    private final AtomicInteger listening = new AtomicInteger();
    private volatile List<ObservedRequest> heard = new CopyOnWriteArrayList<>();
    private volatile UpstreamReply reply = UpstreamReply.HELLO;

    /** From now on another reply is given, and what is heard is written down here. */
    List<ObservedRequest> begin(UpstreamReply other) {
        List<ObservedRequest> fresh = new CopyOnWriteArrayList<>();
        heard = fresh;
        reply = other;
        return fresh;
    }

    /** Whether no request is under way. */
    boolean isQuiet() {
        return listening.get() == 0;
    }

    @Override
    public void serve(RawUpstream.Connection connection) throws IOException {
        boolean more = true;
        while (more && speaks(connection)) {
            listening.incrementAndGet();
            try {
                more = hear(connection);
            } finally {
                listening.decrementAndGet();
            }
        }
    }

    private static boolean speaks(RawUpstream.Connection connection) throws IOException {
        connection.in().mark(1);
        boolean speaks = connection.in().read() >= 0;
        if (speaks) {
            connection.in().reset();
        }
        return speaks;
    }

    /** Hears one request; whether there may be another. */
    private boolean hear(RawUpstream.Connection connection) throws IOException {
        ObservedRequest head = ObservedRequest.head(connection.in());
        if (!head.values("Expect").isEmpty()) {
            connection.write("HTTP/1.1 100 Continue\r\n\r\n");
        }
        ObservedRequest request = head.withContent(connection.in());
        if (request.target().startsWith(INNOCENT) && request.faults().isEmpty()) {
            connection.answer(200, request.target());
            return true;
        }
        heard.add(request);
        if (!request.whole()) {
            return false;
        }
        connection.write(reply.octets());
        return reply.then() == UpstreamReply.Then.STAYS;
    }
}
