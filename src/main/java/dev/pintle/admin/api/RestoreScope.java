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

/** The part of the configuration that a restore affects. */
sealed interface RestoreScope {
    /**
     * Returns the documents to restore.
     *
     * @param number the revision to restore
     * @param since the changes from that revision to the latest one
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
                        "Route \"" + unknown.iterator().next() + "\" exists neither at revision " + number
                                + " nor now.");
            }
            return RestorePlan.only(ids, since, latest.routeIds());
        }
    }

    /**
     * Parses the scope from a query.
     *
     * @param routes a comma-separated list of ids; null for everything
     */
    static RestoreScope of(@Nullable String routes) {
        if (routes == null) {
            return new Everything();
        }
        Set<String> ids = new TreeSet<>(Arrays.asList(routes.split(",", -1)));
        if (ids.contains("")) {
            throw new ApiException(
                    ApiErrorCode.BAD_REQUEST, "routes must be a comma-separated list of ids, such as users,orders.");
        }
        return new Routes(ids);
    }
}
