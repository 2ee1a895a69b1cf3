package dev.pintle.server.http2;

import dev.pintle.server.guards.HeadBudget;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;

/** The part of the head budget that one HTTP/2 connection uses. Safe for all threads. */
final class Http2HeadMemory implements Connection.Listener {
    /** Identifies the incomplete head; no stream has this identifier. */
    static final int INCOMPLETE = 0;

    private final HeadBudget budget;
    private final Map<Integer, HeadBudget.Share> shares = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Http2HeadMemory(HeadBudget budget) {
        this.budget = budget;
    }

    /**
     * Takes the total memory of the head of a stream.
     *
     * @return false when the budget is exhausted
     */
    boolean take(int stream, long headBytes) {
        if (HeadBudget.isFree(headBytes)) {
            return true;
        }
        boolean taken = shares.computeIfAbsent(stream, id -> budget.share()).grow(headBytes);
        if (closed) {
            release(stream);
        }
        return taken;
    }

    /** Returns the number of heads that take memory from the budget. */
    int heads() {
        return shares.size();
    }

    void release(int stream) {
        HeadBudget.Share share = shares.remove(stream);
        if (share != null) {
            share.release();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        closed = true;
        shares.keySet().forEach(this::release);
    }
}
