package dev.pintle.conformance;

import dev.pintle.testing.RawUpstream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream that records the received bytes and sends the response of the case. */
final class RecordingUpstream implements RawUpstream.Conduct {
    /** The path of requests by other clients, whose responses no case may affect. */
    static final String INNOCENT = "/innocent/";

    private final AtomicInteger listening = new AtomicInteger();
    private volatile List<ObservedRequest> received = new CopyOnWriteArrayList<>();
    private volatile UpstreamReply reply = UpstreamReply.HELLO;

    /** Starts a new recording with another reply. */
    List<ObservedRequest> begin(UpstreamReply other) {
        List<ObservedRequest> fresh = new CopyOnWriteArrayList<>();
        received = fresh;
        reply = other;
        return fresh;
    }

    /** Returns whether no request is in progress. */
    boolean isIdle() {
        return listening.get() == 0;
    }

    @Override
    public void serve(RawUpstream.Connection connection) throws IOException {
        boolean more = true;
        while (more && serveOne(connection)) {
            listening.incrementAndGet();
            try {
                more = receive(connection);
            } finally {
                listening.decrementAndGet();
            }
        }
    }

    private static boolean serveOne(RawUpstream.Connection connection) throws IOException {
        connection.in().mark(1);
        boolean serveOne = connection.in().read() >= 0;
        if (serveOne) {
            connection.in().reset();
        }
        return serveOne;
    }

    /**
     * Receives one request.
     *
     * @return whether another may follow
     */
    private boolean receive(RawUpstream.Connection connection) throws IOException {
        ObservedRequest head = ObservedRequest.head(connection.in());
        if (!head.values("Expect").isEmpty()) {
            connection.write("HTTP/1.1 100 Continue\r\n\r\n");
        }
        ObservedRequest request = head.withContent(connection.in());
        if (request.target().startsWith(INNOCENT) && request.faults().isEmpty()) {
            connection.answer(200, request.target());
            return true;
        }
        received.add(request);
        if (!request.complete()) {
            return false;
        }
        connection.write(reply.bytes());
        return reply.then() == UpstreamReply.Then.STAYS;
    }
}
