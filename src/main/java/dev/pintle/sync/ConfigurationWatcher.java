package dev.pintle.sync;

import dev.pintle.store.Notice;
import dev.pintle.store.RevisionNotifications;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.store.Subscription;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that follows PostgreSQL. It listens for notifications of revisions and overrides over its own connection.
 * It also polls once a second, because notifications are lost when a connection breaks.
 */
final class ConfigurationWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatcher.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofMillis(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final RevisionNotifications notifications;
    private final ActiveConfiguration active;
    private final ActivatingWriter writer;
    private final OperatorOverrides overrides;
    private final RevisionLog revisions;
    private final ReconnectBackoff backoff;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("sync").daemon().unstarted(this::run);

    private volatile @Nullable Subscription subscription;
    private volatile boolean listening;
    private volatile @Nullable String fault;

    ConfigurationWatcher(
            RevisionNotifications notifications,
            ActiveConfiguration active,
            ActivatingWriter writer,
            OperatorOverrides overrides,
            RevisionLog revisions,
            ReconnectBackoff backoff) {
        this.notifications = notifications;
        this.active = active;
        this.writer = writer;
        this.overrides = overrides;
        this.revisions = revisions;
        this.backoff = backoff;
    }

    void start() {
        thread.start();
    }

    /** Whether this node receives notifications, and has read all that was written before. */
    boolean isListening() {
        return listening;
    }

    /** The reason why this node receives no notifications; null when it does, or before the first attempt. */
    @Nullable
    String fault() {
        return fault;
    }

    /** Interrupts the wait of the thread and ends it; a call to PostgreSQL in progress may take seconds. */
    @Override
    public void close() {
        closed.countDown();
        Subscription current = subscription;
        if (current != null) {
            current.close();
        }
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosed()) {
                runOnce();
            }
        } catch (InterruptedException e) {
            LOG.debug("Interrupted. No longer following PostgreSQL.");
        }
    }

    private void runOnce() throws InterruptedException {
        try {
            listen();
            poll(backoff.next());
        } catch (RuntimeException e) {
            LOG.error("Cannot follow PostgreSQL because of an unexpected fault. Trying again within seconds.", e);
            await(backoff.next());
        }
    }

    /** Listens until the connection breaks. */
    private void listen() {
        try (Subscription opened = notifications.subscribe()) {
            subscription = opened;
            // Listening starts before the read, so that a revision that commits during the read is notified.
            active.reload();
            overrides.catchUp();
            active.catchUpCredentials();
            logRevisions();
            markListening();
            follow(opened);
        } catch (StoreUnavailableException e) {
            markNotListening(String.valueOf(e.getMessage()));
        } finally {
            listening = false;
            subscription = null;
        }
    }

    /**
     * Serves the writers that wait before anything else: reads the credentials and writes the log when no further notification
     * is there.
     */
    private void follow(Subscription opened) throws StoreUnavailableException {
        boolean isBehind = false;
        while (!isClosed()) {
            Optional<Notice> arrived = opened.await(isBehind ? QUIET : POLL);
            Notice notice = arrived.orElse(Notice.NONE);
            boolean readsAll = notice.isOther() || overrides.isDue() || (arrived.isEmpty() && !isBehind);
            handle(notice, readsAll);
            if (readsAll || arrived.isEmpty()) {
                active.catchUpCredentials();
                logRevisions();
                isBehind = false;
            } else {
                isBehind |= notice.revision() != null;
            }
        }
    }

    private void handle(Notice notice, boolean readsAll) {
        if (notice.isReported()) {
            overrides.membership().reports().raise();
        }
        if (notice.revision() != null && !readsAll) {
            writer.catchUpWith(notice.revision());
        } else if (readsAll || notice.isAsked()) {
            active.catchUp();
        }
        if (notice.isAsked()) {
            overrides.membership().answer();
        }
        if (readsAll) {
            overrides.catchUp();
        }
    }

    private void logRevisions() {
        if (active.database().isUp()) {
            revisions.catchUp(active.view().configuration().revision());
        }
    }

    /** Polls for a while instead of listening. */
    private void poll(Duration wait) throws InterruptedException {
        for (Duration left = wait; left.isPositive() && !isClosed(); left = left.minus(POLL)) {
            active.catchUp();
            overrides.catchUp();
            active.catchUpCredentials();
            logRevisions();
            await(left.compareTo(POLL) < 0 ? left : POLL);
        }
    }

    private void markListening() {
        backoff.reset();
        listening = true;
        if (fault != null) {
            fault = null;
            LOG.info("This node receives notifications of changes from PostgreSQL again.");
        }
    }

    private void markNotListening(String reason) {
        if (fault == null && !isClosed()) {
            LOG.warn("{}. This node receives no notifications of changes; polling PostgreSQL every second.", reason);
        }
        fault = reason;
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void await(Duration timeout) throws InterruptedException {
        closed.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }
}
