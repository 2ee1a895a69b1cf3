package dev.pintle.store;

import dev.pintle.config.Configuration;
import java.util.List;

/** Decides edits from what is stored. */
@FunctionalInterface
public interface EditPlan {
    /**
     * The edits of one revision. It is asked again when the configuration changes before they are written.
     *
     * @param latest the configuration that the edits change
     * @param history the history up to it
     * @throws EditRejectedException when the configuration does not admit them
     */
    List<Edit> edits(Configuration latest, HistoryReader history) throws EditRejectedException;
}
