package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import org.jspecify.annotations.Nullable;

/** The two revisions of a comparison, as given in a query. */
record RevisionRange(@Nullable String from, @Nullable String to) {
    private static final String LIVE = "live";

    RevisionRange {
        require("from", from);
        require("to", to);
    }

    private static void require(String name, @Nullable String text) {
        if (text != null && !text.equals(LIVE) && !text.matches("0|[1-9][0-9]{0,17}")) {
            throw new ApiException(ApiErrorCode.BAD_REQUEST, name + " must be the number of a revision, or \"live\".");
        }
    }

    /** The later side; by default the latest revision. */
    long to(long latest) {
        return to == null || to.equals(LIVE) ? latest : Long.parseLong(to);
    }

    /** The earlier side; by default the revision before the later side. */
    long from(long latest) {
        if (from == null) {
            return Math.max(0, to(latest) - 1);
        }
        return from.equals(LIVE) ? latest : Long.parseLong(from);
    }
}
