package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.admin.problem.ApiProblem;
import dev.pintle.history.ChangedDocument;
import dev.pintle.history.LaterChange;
import dev.pintle.history.Revision;
import dev.pintle.history.RevisionState;
import java.util.List;

/** Keeps a revert from losing what later revisions did to the same documents. */
final class RevertConflict {
    /** A conflict names so many later changes at most. */
    static final int LISTED = 100;

    private RevertConflict() {}

    /**
     * @param later the changes to the same documents after it, the earliest first
     * @throws ApiException with 409, when there are any
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
            return "Revision " + number + " is reverted already; see \"changes\" for what came after it.";
        }
        ChangedDocument document = first.document();
        String name =
                document.kind().equals(document.id()) ? document.kind() : document.kind() + " \"" + document.id() + '"';
        return "Cannot revert revision " + number + ": revision "
                + first.revision().number() + " changed the " + name
                + " after it. Revert the revisions in \"changes\" first, the latest one first, or restore single routes:"
                + " POST /api/v1/revisions/" + (number - 1) + "/restore?routes=…";
    }
}
