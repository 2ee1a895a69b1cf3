package dev.pintle.store;

import dev.pintle.config.Configuration;
import dev.pintle.history.DocumentDelta;
import java.util.List;

/**
 * The changes that a plan would make.
 *
 * @param latest the configuration that it would change
 * @param changes the changed documents: the defaults, then routes by id
 */
public record PlanPreview(Configuration latest, List<DocumentDelta> changes) {
    public PlanPreview {
        changes = List.copyOf(changes);
    }
}
