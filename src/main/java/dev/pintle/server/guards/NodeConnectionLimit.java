package dev.pintle.server.guards;

import dev.pintle.time.Ticker;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the open connections of all clients. At the limit, the connectors accept none until one closes; the limit logs
 * and counts this. Safe for all threads.
 */
public final class NodeConnectionLimit extends NetworkConnectionLimit {
    private static final Logger LOG = LoggerFactory.getLogger(NodeConnectionLimit.class);

    private final int max;
    private final LogThrottle log;
    private final LongAdder reached = new LongAdder();

    /**
     * Creates the limit.
     *
     * @param max open connections of the connectors together, at least 1
     */
    public NodeConnectionLimit(int max, Ticker ticker, Connector... connectors) {
        super(max, connectors);
        this.max = max;
        this.log = new LogThrottle(ticker);
    }

    /** How often the connectors stopped accepting since the start. */
    public long timesReached() {
        return reached.sum();
    }

    @Override
    protected void limit() {
        super.limit();
        reached.increment();
        if (log.permits()) {
            LOG.warn(
                    "The gateway port has {} connections, the limit server.maxConnections. It accepts none until one"
                            + " closes. Raise server.maxConnections and the heap, or add nodes.",
                    max);
        }
    }
}
