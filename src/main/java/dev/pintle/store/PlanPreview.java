package dev.pintle.store;

import dev.pintle.config.Configuration;
import dev.pintle.history.DocumentDelta;
import java.util.List;

/**
 * What would become of a plan.
 *
 * @param latest the configuration that it would change
 * @param changes what would change: the defaults, then routes by id
 */
public record PlanPreview(Configuration latest, List<DocumentDelta> changes) {
    public PlanPreview {
        changes = List.copyOf(changes);
    }
}
