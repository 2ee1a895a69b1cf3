package dev.pintle.sync;

import dev.pintle.history.Cause;
import dev.pintle.store.Author;
import dev.pintle.store.CommittedPlan;
import dev.pintle.store.CommittedWrite;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.Edit;
import dev.pintle.store.EditPlan;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.PlanPreview;
import dev.pintle.store.PlannedEdits;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.store.WriteResult;
import dev.pintle.time.Ticker;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes to PostgreSQL, and activates the result on this node before it returns. The writes of one node are serialized.
 * Safe for all threads.
 */
final class ActivatingWriter {
    private final ConfigurationStore store;
    private final ActiveConfiguration active;
    private final ConfirmationDeadline deadline;
    private final Ticker ticker;
    private final Lock writeLock = new ReentrantLock();

    ActivatingWriter(
            ConfigurationStore store, ActiveConfiguration active, ConfirmationDeadline deadline, Ticker ticker) {
        this.store = store;
        this.active = active;
        this.deadline = deadline;
        this.ticker = ticker;
    }

    /**
     * Writes, and activates the resulting configuration before it returns. No step after the commit needs PostgreSQL,
     * so this node always serves a committed write.
     */
    WriteResult write(Author by, List<Edit> edits) throws EditRejectedException, StoreUnavailableException {
        deadline.ifDue(active::catchUp);
        writeLock.lock();
        try {
            ActiveConfiguration.View known = active.view();
            long readAt = ticker.nanos();
            CommittedWrite committed = store.write(by, edits, active.baseline(known));
            active.activate(known, committed.state(), readAt);
            return committed.result();
        } finally {
            writeLock.unlock();
        }
    }

    /**
     * Writes the edits of a plan, and activates the result in the same way. Computes the edits before it blocks other
     * writers of this node.
     */
    CommittedPlan write(Author by, Cause cause, EditPlan plan) throws EditRejectedException, StoreUnavailableException {
        deadline.ifDue(active::catchUp);
        PlannedEdits planned = store.plan(plan, active.baseline(active.view()));
        writeLock.lock();
        try {
            ActiveConfiguration.View known = active.view();
            long readAt = ticker.nanos();
            CommittedPlan committed = store.write(by, cause, planned);
            active.activate(known, committed.state(), readAt);
            return committed;
        } finally {
            writeLock.unlock();
        }
    }

    PlanPreview preview(EditPlan plan) throws EditRejectedException, StoreUnavailableException {
        return store.preview(plan, active.baseline(active.view()));
    }

    /** Reads the changes up to a notified revision, unless it is active already, because this node wrote it. */
    void catchUpWith(long revision) {
        writeLock.lock();
        try {
            if (!active.canReadChanges()
                    || revision != active.view().configuration().revision()) {
                active.catchUp();
            }
        } finally {
            writeLock.unlock();
        }
    }
}
