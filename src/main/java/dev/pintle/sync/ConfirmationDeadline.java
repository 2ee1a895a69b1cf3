package dev.pintle.sync;

import dev.pintle.guard.Breach;
import dev.pintle.store.Unconfirmed;
import dev.pintle.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when this node goes back from an unconfirmed revision. PostgreSQL's clock decides while PostgreSQL is
 * available. PostgreSQL reports the remaining time, and the node measures it on its ticker, so that wrong clocks of
 * nodes have no effect. Safe for all threads.
 */
final class ConfirmationDeadline {
    /** The time that PostgreSQL has to revert the revision before the node goes back without it. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final ChangeGuard guard;
    private final Ticker ticker;
    private volatile @Nullable Waiting waiting;
    private @Nullable Long askedAt;

    /**
     * @param dueAt on the ticker
     * @param left whether this node went back already
     * @param breach the reason to go back before; null without one
     */
    private record Waiting(
            Unconfirmed unconfirmed,
            long dueAt,
            boolean left,
            @Nullable Breach breach) {
        boolean isOf(long revision) {
            return unconfirmed.revision() == revision;
        }
    }

    /** The next step of the node. */
    enum Step {
        NOTHING,
        /** Have PostgreSQL revert the revision. */
        REVERT,
        /** Serve the configuration before, without PostgreSQL. */
        GO_BACK
    }

    ConfirmationDeadline(ChangeGuard guard, Ticker ticker) {
        this.guard = guard;
        this.ticker = ticker;
    }

    /**
     * Follows a revision that was read now; null for none.
     *
     * @return whether it is another one than before
     */
    synchronized boolean track(@Nullable Unconfirmed read) {
        Waiting before = waiting;
        boolean isSame = read != null && before != null && before.isOf(read.revision());
        boolean wentBack = isSame && hasLeft(read);
        waiting = read == null
                ? null
                : new Waiting(
                        read,
                        ticker.nanos() + read.pending().left().toNanos(),
                        wentBack || read.pending().isDue(),
                        breach(read.revision()));
        askedAt = null;
        if (read != null && !isSame) {
            guard.begin(read);
        }
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
        if (current != null && isOver(current)) {
            task.run();
        }
    }

    /** Ends the time of a revision early. */
    synchronized void end(long revision, Breach breach) {
        Waiting current = waiting;
        if (current != null && current.isOf(revision) && current.breach() == null) {
            waiting = new Waiting(current.unconfirmed(), current.dueAt(), current.left(), breach);
        }
    }

    /** The reason that ended the time of a revision early; null without one. */
    @Nullable
    Breach breach(long revision) {
        Waiting current = waiting;
        return current != null && current.isOf(revision) ? current.breach() : null;
    }

    /** @param databaseUp whether PostgreSQL answered when it was last asked */
    synchronized Step next(boolean databaseUp) {
        Waiting current = waiting;
        if (current == null || current.left() || !isOver(current)) {
            return Step.NOTHING;
        }
        if (askedAt == null) {
            askedAt = ticker.nanos();
        }
        boolean tooLate = !databaseUp || ticker.nanos() - askedAt >= GRACE.toNanos();
        return tooLate ? Step.GO_BACK : Step.REVERT;
    }

    private boolean isOver(Waiting current) {
        return current.breach() != null || ticker.nanos() - current.dueAt() >= 0;
    }

    /** Goes back from the revision; null when there is none. */
    synchronized @Nullable Unconfirmed leave() {
        Waiting current = waiting;
        if (current == null) {
            return null;
        }
        waiting = new Waiting(current.unconfirmed(), current.dueAt(), true, current.breach());
        return current.unconfirmed();
    }

    /** Whether the node went back from a revision and must not serve it again before it is confirmed. */
    boolean hasLeft(@Nullable Unconfirmed read) {
        Waiting current = waiting;
        return read != null && current != null && current.left() && current.isOf(read.revision());
    }
}
