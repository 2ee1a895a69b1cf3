package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import org.jspecify.annotations.Nullable;

/** The two revisions that a comparison is about, as a query names them. */
record RevisionRange(@Nullable String from, @Nullable String to) {
    private static final String LIVE = "live";

    RevisionRange {
        require("from", from);
        require("to", to);
    }

    private static void require(String name, @Nullable String text) {
        if (text != null && !text.equals(LIVE) && !text.matches("0|[1-9][0-9]{0,17}")) {
            throw new ApiException(ApiErrorCode.BAD_REQUEST, name + " is the number of a revision, or \"live\".");
        }
    }

    /** The later side; the latest revision where the query names none. */
    long to(long latest) {
        return to == null || to.equals(LIVE) ? latest : Long.parseLong(to);
    }

    /** The earlier side; the revision before the later side where the query names none. */
    long from(long latest) {
        if (from == null) {
            return Math.max(0, to(latest) - 1);
        }
        return from.equals(LIVE) ? latest : Long.parseLong(from);
    }
}
