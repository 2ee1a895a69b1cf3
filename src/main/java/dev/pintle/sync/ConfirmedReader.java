package dev.pintle.sync;

import dev.pintle.guard.Breach;
import dev.pintle.store.Baseline;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.ConfirmationStore;
import dev.pintle.store.StoreReadOnlyException;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.store.StoredState;
import dev.pintle.store.Unconfirmed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the latest revision, after reverting one that was not confirmed in time: no node serves such a revision again. Safe for
 * all threads.
 */
final class ConfirmedReader {
    private static final Logger LOG = LoggerFactory.getLogger(ConfirmedReader.class);

    private final ConfigurationStore store;
    private final ConfirmationStore confirmations;
    private final ConfigurationListener listener;
    private final ConfirmationDeadline deadline;

    ConfirmedReader(
            ConfigurationStore store,
            ConfirmationStore confirmations,
            ConfigurationListener listener,
            ConfirmationDeadline deadline) {
        this.store = store;
        this.confirmations = confirmations;
        this.listener = listener;
        this.deadline = deadline;
    }

    StoredState read(Baseline baseline) throws StoreUnavailableException {
        StoredState read = store.readState(baseline);
        Unconfirmed unconfirmed = read.unconfirmed();
        if (unconfirmed == null) {
            return read;
        }
        Breach breach = deadline.breach(unconfirmed.revision());
        if (breach == null && !unconfirmed.pending().isDue()) {
            return read;
        }
        try {
            revert(unconfirmed.revision(), breach);
            return store.readState(baseline);
        } catch (StoreReadOnlyException e) {
            LOG.warn("{}. Cannot revert revision {}; serving the one before.", e.getMessage(), unconfirmed.revision());
            return new StoredState(unconfirmed.before(), unconfirmed);
        }
    }

    private void revert(long revision, @Nullable Breach breach) throws StoreUnavailableException {
        if (breach == null) {
            if (confirmations.revertDue()) {
                LOG.warn("Reverted revision {}: it was not confirmed in time.", revision);
                listener.reverted(ConfigurationListener.DEADLINE);
            }
        } else if (confirmations.revert(revision, breach.text())) {
            LOG.warn("Reverted revision {}: {}.", revision, breach.text());
            listener.reverted(breach.bound().word());
        }
    }

    /** Confirms a revision, and returns whether it is confirmed now. */
    boolean confirm(long revision) throws StoreUnavailableException {
        return confirmations.confirm(revision);
    }
}
