package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.history.RevisionEntry;
import dev.pintle.store.RevisionQuery;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A request for one page of the list of revisions.
 *
 * @param limit the maximum number of revisions
 * @param before the exclusive upper bound of the revision number
 */
record RevisionPage(int limit, long before) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    static RevisionPage of(@Nullable String limit, @Nullable String before) {
        long requested = limit == null ? DEFAULT_LIMIT : number("limit", limit);
        if (requested > MAX_LIMIT) {
            throw new ApiException(
                    ApiErrorCode.BAD_REQUEST, "limit must be 1 to " + MAX_LIMIT + "; it is " + requested + '.');
        }
        return new RevisionPage(Math.toIntExact(requested), before == null ? Long.MAX_VALUE : number("before", before));
    }

    private static long number(String name, String text) {
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw new ApiException(ApiErrorCode.BAD_REQUEST, name + " must be a whole number, 1 or more.");
        }
        return Long.parseLong(text);
    }

    /** Creates the query, with one extra revision as a sign that another page follows. */
    RevisionQuery query(@Nullable String route, @Nullable String author) {
        return new RevisionQuery(limit + 1, before, route, author);
    }

    List<RevisionEntry> shown(List<RevisionEntry> found) {
        return found.subList(0, Math.min(limit, found.size()));
    }

    /** The parameter {@code before} of the next page; empty for the last page. */
    OptionalLong next(List<RevisionEntry> found) {
        return found.size() > limit
                ? OptionalLong.of(found.get(limit - 1).revision().number())
                : OptionalLong.empty();
    }
}
