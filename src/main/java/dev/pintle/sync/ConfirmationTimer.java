package dev.pintle.sync;

import dev.pintle.store.Unconfirmed;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the {@link ConfirmationDeadline} decides, on a thread of its own: the thread that reads PostgreSQL may be
 * stuck in a call.
 */
final class ConfirmationTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfirmationTimer.class);
    private static final long INTERVAL_MILLIS = 100;

    private final ActiveConfiguration active;
    private final ConfirmationDeadline deadline;
    private final ChangeGuard guard;
    private final AtomicBoolean reverting = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("confirmation").daemon().factory());

    ConfirmationTimer(ActiveConfiguration active, ConfirmationDeadline deadline, ChangeGuard guard) {
        this.active = active;
        this.deadline = deadline;
        this.guard = guard;
    }

    void start() {
        var _ = thread.scheduleWithFixedDelay(this::run, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            Unconfirmed unconfirmed = deadline.unconfirmed();
            guard.follow(unconfirmed, active.view().configuration());
            if (unconfirmed != null) {
                guard.breach().ifPresent(breach -> deadline.end(unconfirmed.revision(), breach));
            }
            switch (deadline.next(active.database().isUp())) {
                case NOTHING -> {}
                case REVERT -> revert();
                case GO_BACK -> active.goBack();
            }
        } catch (RuntimeException e) {
            LOG.error("Cannot go back from the unconfirmed revision. Trying again.", e);
        }
    }

    private void revert() {
        if (reverting.compareAndSet(false, true)) {
            Thread.ofVirtual().name("revert").start(() -> {
                try {
                    active.catchUp();
                } finally {
                    reverting.set(false);
                }
            });
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
