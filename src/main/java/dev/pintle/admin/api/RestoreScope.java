package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.Configuration;
import dev.pintle.history.DocumentDelta;
import dev.pintle.history.PlannedDocument;
import dev.pintle.history.RestorePlan;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How much of the configuration a restore brings back. */
sealed interface RestoreScope {
    /**
     * The documents to bring back.
     *
     * @param number the revision to go back to
     * @param since the changes from there to the latest one
     */
    List<PlannedDocument> plan(long number, List<DocumentDelta> since, Configuration latest);

    /** Routes and defaults. */
    record Everything() implements RestoreScope {
        @Override
        public List<PlannedDocument> plan(long number, List<DocumentDelta> since, Configuration latest) {
            return RestorePlan.whole(since, latest.routeIds());
        }
    }

    /** Some routes. */
    record Routes(Set<String> ids) implements RestoreScope {
        @Override
        public List<PlannedDocument> plan(long number, List<DocumentDelta> since, Configuration latest) {
            Set<String> unknown = new TreeSet<>(ids);
            unknown.removeIf(latest::hasRoute);
            since.stream().filter(DocumentDelta::isRoute).forEach(delta -> unknown.remove(delta.id()));
            if (!unknown.isEmpty()) {
                throw new ApiException(
                        ApiErrorCode.NOT_FOUND,
                        "There is no route \"" + unknown.iterator().next() + "\", neither at revision " + number
                                + " nor now.");
            }
            return RestorePlan.only(ids, since, latest.routeIds());
        }
    }

    /**
     * The scope that a query names.
     *
     * @param routes a list of ids with commas between them; null for everything
     */
    static RestoreScope of(@Nullable String routes) {
        if (routes == null) {
            return new Everything();
        }
        Set<String> ids = new TreeSet<>(Arrays.asList(routes.split(",", -1)));
        if (ids.contains("")) {
            throw new ApiException(
                    ApiErrorCode.BAD_REQUEST,
                    "routes is a list of ids with commas between them, such as users,orders.");
        }
        return new Routes(ids);
    }
}
