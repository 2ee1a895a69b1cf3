package dev.pintle.sync;

import dev.pintle.store.RevisionNotifications;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.store.Subscription;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that follows PostgreSQL: it listens for new revisions and orders over a connection of its own, and asks once a
 * second beneath that, for announcements get lost with the connections that carry them.
 */
final class ConfigurationWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatcher.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final RevisionNotifications notifications;
    private final ActiveConfiguration served;
    private final OperatorOverrides orders;
    private final RevisionLog revisions;
    private final ReconnectBackoff backoff;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("sync").daemon().unstarted(this::run);

    private volatile @Nullable Subscription subscription;
    private volatile @Nullable String fault;

    ConfigurationWatcher(
            RevisionNotifications notifications,
            ActiveConfiguration served,
            OperatorOverrides orders,
            RevisionLog revisions,
            ReconnectBackoff backoff) {
        this.notifications = notifications;
        this.served = served;
        this.orders = orders;
        this.revisions = revisions;
        this.backoff = backoff;
    }

    void start() {
        thread.start();
    }

    /** Whether new revisions are announced to this node. */
    boolean isListening() {
        return subscription != null;
    }

    /** Why they are not; null when they are, or when it was not tried yet. */
    @Nullable
    String fault() {
        return fault;
    }

    /** Breaks off what the thread waits for and ends it; a call to PostgreSQL that is on its way may take seconds. */
    @Override
    public void close() {
        closed.countDown();
        Subscription current = subscription;
        if (current != null) {
            current.close();
        }
        try {
            thread.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosed()) {
                turn();
            }
        } catch (InterruptedException e) {
            LOG.debug("Interrupted: no longer following PostgreSQL.");
        }
    }

    private void turn() throws InterruptedException {
        try {
            listen();
            ask(backoff.next());
        } catch (RuntimeException e) {
            LOG.error("Following PostgreSQL failed unexpectedly; it is begun anew.", e);
            await(backoff.next());
        }
    }

    /** For as long as the connection holds. */
    private void listen() {
        try (Subscription opened = notifications.subscribe()) {
            subscription = opened;
            // Listening comes first: a revision that commits while everything is read will have been announced.
            served.reload();
            orders.catchUp();
            logRevisions();
            hearing();
            while (!isClosed()) {
                heard(opened.await(POLL));
            }
        } catch (StoreUnavailableException e) {
            deaf(String.valueOf(e.getMessage()));
        } finally {
            subscription = null;
        }
    }

    /** A revision, or nothing: orders come without a number. */
    private void heard(OptionalLong revision) {
        revision.ifPresentOrElse(served::catchUpWith, served::catchUp);
        if (revision.isEmpty() || orders.isDue()) {
            orders.catchUp();
        }
        logRevisions();
    }

    private void logRevisions() {
        if (served.databaseUp()) {
            revisions.catchUp(served.view().configuration().revision());
        }
    }

    /** Instead of listening, for so long. */
    private void ask(Duration wait) throws InterruptedException {
        for (Duration left = wait; left.isPositive() && !isClosed(); left = left.minus(POLL)) {
            served.catchUp();
            orders.catchUp();
            logRevisions();
            await(left.compareTo(POLL) < 0 ? left : POLL);
        }
    }

    private void hearing() {
        backoff.reset();
        if (fault != null) {
            fault = null;
            LOG.info("Changes are announced to this node again.");
        }
    }

    private void deaf(String reason) {
        if (fault == null && !isClosed()) {
            LOG.warn("{}. Changes are not announced to this node; it asks for them every second.", reason);
        }
        fault = reason;
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void await(Duration longest) throws InterruptedException {
        closed.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }
}
