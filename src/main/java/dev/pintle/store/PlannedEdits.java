package dev.pintle.store;

import dev.pintle.config.Configuration;
import java.util.List;

/**
 * What a plan decided.
 *
 * @param plan decides again when the configuration changed
 * @param latest the configuration that it decided for
 */
public record PlannedEdits(EditPlan plan, Configuration latest, List<Edit> edits) {
    public PlannedEdits {
        edits = List.copyOf(edits);
    }
}
