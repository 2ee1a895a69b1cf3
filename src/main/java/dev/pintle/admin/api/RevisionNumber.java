package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;

/** Numbers of revisions in paths and queries. */
final class RevisionNumber {
    private RevisionNumber() {}

    /** The number in a path. Whatever is no number of a revision names none. */
    static long inPath(String text) {
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw new ApiException(
                    ApiErrorCode.NO_SUCH_REVISION,
                    "There is no revision \"" + text + "\"; revisions have numbers from 1 on.");
        }
        return Long.parseLong(text);
    }
}
