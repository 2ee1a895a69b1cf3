package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.admin.problem.ApiProblem;
import dev.pintle.history.ChangedDocument;
import dev.pintle.history.LaterChange;
import dev.pintle.history.Revision;
import dev.pintle.history.RevisionState;
import java.util.List;

/** Rejects a revert that would lose later changes to the same documents. */
final class RevertConflict {
    /** The maximum number of later changes that a conflict lists. */
    static final int LISTED = 100;

    private RevertConflict() {}

    /**
     * @param later the later changes to the same documents, the earliest first
     * @throws ApiException with 409 if any exist
     */
    static void refuse(Revision revision, List<LaterChange> later) {
        if (!later.isEmpty()) {
            throw new ApiException(ApiProblem.withMember(
                    ApiErrorCode.REVERT_CONFLICT,
                    detail(revision, later.getFirst()),
                    "changes",
                    HistoryJson.laterChanges(later)));
        }
    }

    private static String detail(Revision revision, LaterChange first) {
        long number = revision.number();
        if (revision.state() == RevisionState.REVERTED) {
            return "Revision " + number
                    + " is already reverted. To bring its changes back, revert the later revision that"
                    + " reverted it.";
        }
        ChangedDocument document = first.document();
        String name =
                document.kind().equals(document.id()) ? document.kind() : document.kind() + " \"" + document.id() + '"';
        return "Cannot revert revision " + number + ": revision "
                + first.revision().number() + " changed the " + name
                + " after it. Revert the later revisions first, the latest one first"
                + (number > 1 ? ", or restore single routes of revision " + (number - 1) : "") + '.';
    }
}
