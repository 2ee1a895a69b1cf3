package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.history.RevisionEntry;
import dev.pintle.store.RevisionQuery;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A part of the list of revisions.
 *
 * @param limit the most revisions
 * @param before the number that all of them are below
 */
record RevisionPage(int limit, long before) {
    private static final int USUAL_LIMIT = 50;
    private static final int MOST = 500;

    static RevisionPage of(@Nullable String limit, @Nullable String before) {
        long most = limit == null ? USUAL_LIMIT : number("limit", limit);
        if (most > MOST) {
            throw new ApiException(ApiErrorCode.BAD_REQUEST, "limit is 1 to " + MOST + "; it is " + most + '.');
        }
        return new RevisionPage(Math.toIntExact(most), before == null ? Long.MAX_VALUE : number("before", before));
    }

    private static long number(String name, String text) {
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw new ApiException(ApiErrorCode.BAD_REQUEST, name + " is a whole number, 1 or more.");
        }
        return Long.parseLong(text);
    }

    /** Asks for one more than the page shows, which tells whether more follow. */
    RevisionQuery query(@Nullable String route, @Nullable String author) {
        return new RevisionQuery(limit + 1, before, route, author);
    }

    List<RevisionEntry> shown(List<RevisionEntry> found) {
        return found.subList(0, Math.min(limit, found.size()));
    }

    /** What to give as {@code before} for the next part; nothing at the end. */
    OptionalLong next(List<RevisionEntry> found) {
        return found.size() > limit
                ? OptionalLong.of(found.get(limit - 1).revision().number())
                : OptionalLong.empty();
    }
}
