package dev.pintle.store;

import dev.pintle.config.Configuration;
import java.util.List;

/** Computes edits from the stored configuration and its history. */
@FunctionalInterface
public interface EditPlan {
    /**
     * Returns the edits of one revision. The store calls this again when the configuration changes before the write.
     *
     * @param latest the configuration that the edits change
     * @param history the history up to it
     * @throws EditRejectedException when the configuration does not allow them
     */
    List<Edit> edits(Configuration latest, HistoryReader history) throws EditRejectedException;
}
