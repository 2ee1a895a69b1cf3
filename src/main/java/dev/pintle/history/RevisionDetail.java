package dev.pintle.history;

import java.util.List;

/**
 * A revision with all its changes.
 *
 * @param changes the defaults, then routes by id
 */
public record RevisionDetail(Revision revision, List<DocumentDelta> changes) {
    public RevisionDetail {
        changes = List.copyOf(changes);
    }
}
