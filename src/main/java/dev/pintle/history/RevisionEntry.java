package dev.pintle.history;

import java.util.List;

/**
 * A revision in a list.
 *
 * @param changes the first of its changes: the defaults, then routes by id
 * @param changeCount how many changes it has in all
 */
public record RevisionEntry(Revision revision, List<ChangedDocument> changes, int changeCount) {
    public RevisionEntry {
        changes = List.copyOf(changes);
    }
}
