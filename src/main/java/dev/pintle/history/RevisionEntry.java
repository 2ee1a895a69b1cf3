package dev.pintle.history;

import java.util.List;

/**
 * A revision in a list.
 *
 * @param changes the first changes: the defaults, then routes by id
 * @param changeCount the number of all changes
 */
public record RevisionEntry(Revision revision, List<ChangedDocument> changes, int changeCount) {
    public RevisionEntry {
        changes = List.copyOf(changes);
    }
}
