package dev.pintle.store;

import dev.pintle.config.Configuration;
import java.util.List;

/**
 * The edits that a plan computed.
 *
 * @param plan computes the edits again when the configuration has changed
 * @param latest the configuration that the edits are based on
 */
public record PlannedEdits(EditPlan plan, Configuration latest, List<Edit> edits) {
    public PlannedEdits {
        edits = List.copyOf(edits);
    }
}
