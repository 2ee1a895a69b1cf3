package dev.pintle.sync;

import dev.pintle.store.StoreUnavailableException;
import dev.pintle.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the node keeps up with PostgreSQL, as its last read says. Safe for all threads. */
final class DatabaseStatus {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseStatus.class);

    private final Ticker ticker;
    private volatile long latestAt;
    private volatile boolean up;
    private volatile boolean empty;
    private volatile @Nullable String fault;

    DatabaseStatus(Ticker ticker) {
        this.ticker = ticker;
        this.latestAt = ticker.nanos();
    }

    /** The time since the configuration was last known to be the latest. */
    Duration age() {
        return Duration.ofNanos(ticker.nanos() - latestAt);
    }

    /** The configuration was known to be the latest so long ago; a negative age counts as none. */
    void age(Duration age) {
        latestAt = ticker.nanos() - (age.isNegative() ? 0 : age.toNanos());
    }

    boolean isUp() {
        return up;
    }

    /** Whether PostgreSQL is empty while this node keeps its known configuration. */
    boolean isEmpty() {
        return empty;
    }

    /** The reason why the configuration may not be the latest; null when it is. */
    @Nullable
    String fault() {
        return fault;
    }

    /** @param readAt the time of the read, on the ticker */
    synchronized void markLatest(long readAt, long revision) {
        empty = false;
        latestAt = readAt;
        up = true;
        if (fault != null) {
            fault = null;
            LOG.info("PostgreSQL is available again. Revision {} is active.", revision);
        }
    }

    /** @param serving whether the node serves a configuration */
    synchronized void markUnavailable(StoreUnavailableException reason, boolean serving, long revision) {
        if (serving && (up || fault == null)) {
            LOG.warn("{}. Keeping revision {}.", reason.getMessage(), revision);
        }
        up = false;
        fault = reason.getMessage();
    }

    synchronized void markEmpty(long revision) {
        String reason = "PostgreSQL is empty (revision 0), but this node knows revision " + revision
                + " and keeps it; restore the database, or fill it with \"routes import\"";
        if (!reason.equals(fault)) {
            LOG.error("{}.", reason);
        }
        empty = true;
        up = true;
        fault = reason;
    }
}
