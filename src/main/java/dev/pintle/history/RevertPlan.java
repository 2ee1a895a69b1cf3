package dev.pintle.history;

import java.util.List;
import java.util.stream.IntStream;

/** Plans the revert of one revision. */
public final class RevertPlan {
    private RevertPlan() {}

    /**
     * Plans the inverse changes. The pointers refer to the changes of the revision. No later revision may have changed
     * the same documents.
     */
    public static List<PlannedDocument> of(List<DocumentDelta> changes) {
        return IntStream.range(0, changes.size())
                .mapToObj(i -> undo("/changes/" + i + "/before", changes.get(i)))
                .toList();
    }

    private static PlannedDocument undo(String pointer, DocumentDelta delta) {
        return new PlannedDocument(pointer, delta.subject(), delta.kind(), delta.id(), delta.before());
    }
}
