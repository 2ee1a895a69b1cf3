package dev.pintle.sync;

import dev.pintle.store.Unconfirmed;
import dev.pintle.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when this node goes back from an unconfirmed revision. PostgreSQL's clock decides while PostgreSQL is available. The
 * node counts the time that PostgreSQL left it on its own ticker, so no clock of a node matters. Safe for all threads.
 */
final class ConfirmationDeadline {
    /** The time that PostgreSQL has to revert the revision before the node goes back without it. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Ticker ticker;
    private volatile @Nullable Waiting waiting;
    private @Nullable Long askedAt;

    /**
     * @param dueAt on the ticker
     * @param left whether this node went back already
     */
    private record Waiting(Unconfirmed unconfirmed, long dueAt, boolean left) {}

    /** The next step of the node. */
    enum Step {
        NOTHING,
        /** Have PostgreSQL revert the revision. */
        REVERT,
        /** Serve the configuration before, without PostgreSQL. */
        GO_BACK
    }

    ConfirmationDeadline(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * Follows a revision that was read now; null for none.
     *
     * @return whether it is another one than before
     */
    synchronized boolean track(@Nullable Unconfirmed read) {
        Waiting before = waiting;
        boolean isSame = read != null && before != null && before.unconfirmed().revision() == read.revision();
        boolean wentBack = isSame && hasLeft(read);
        waiting = read == null
                ? null
                : new Waiting(
                        read,
                        ticker.nanos() + read.pending().left().toNanos(),
                        wentBack || read.pending().isDue());
        askedAt = null;
        return !isSame && (read != null || before != null);
    }

    /** The unconfirmed revision, with the time that is left now; null without one. */
    @Nullable
    Unconfirmed unconfirmed() {
        Waiting current = waiting;
        if (current == null) {
            return null;
        }
        Duration left = Duration.ofNanos(current.dueAt() - ticker.nanos());
        Unconfirmed unconfirmed = current.unconfirmed();
        return new Unconfirmed(unconfirmed.pending().withLeft(left), unconfirmed.before());
    }

    /** Runs a task when the time of the unconfirmed revision is over. */
    void ifDue(Runnable task) {
        Waiting current = waiting;
        if (current != null && overtime(current) >= 0) {
            task.run();
        }
    }

    /** @param databaseUp whether PostgreSQL answered when it was last asked */
    synchronized Step next(boolean databaseUp) {
        Waiting current = waiting;
        if (current == null || current.left() || overtime(current) < 0) {
            return Step.NOTHING;
        }
        if (askedAt == null) {
            askedAt = ticker.nanos();
        }
        boolean tooLate = !databaseUp || ticker.nanos() - askedAt >= GRACE.toNanos();
        return tooLate ? Step.GO_BACK : Step.REVERT;
    }

    private long overtime(Waiting current) {
        return ticker.nanos() - current.dueAt();
    }

    /** Goes back from the revision; null when there is none. */
    synchronized @Nullable Unconfirmed leave() {
        Waiting current = waiting;
        if (current == null) {
            return null;
        }
        waiting = new Waiting(current.unconfirmed(), current.dueAt(), true);
        return current.unconfirmed();
    }

    /** Whether the node went back from a revision and must not serve it again before it is confirmed. */
    boolean hasLeft(@Nullable Unconfirmed read) {
        Waiting current = waiting;
        return read != null
                && current != null
                && current.left()
                && current.unconfirmed().revision() == read.revision();
    }
}
