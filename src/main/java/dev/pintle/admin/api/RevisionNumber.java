package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;

/** Parses the numbers of revisions in paths. */
final class RevisionNumber {
    private RevisionNumber() {}

    /**
     * Parses the number in a path.
     *
     * @throws ApiException with 404 when the text is not a revision number
     */
    static long inPath(String text) {
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw new ApiException(
                    ApiErrorCode.NO_SUCH_REVISION,
                    "Revision \"" + text + "\" does not exist; revisions have numbers from 1.");
        }
        return Long.parseLong(text);
    }
}
