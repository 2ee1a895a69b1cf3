package dev.pintle.store;

import dev.pintle.store.EditRejectedException.Why;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Holds that no two routes take exactly the same requests, in a transaction that has the lock on the latest revision. */
final class MatchUniqueness {
    private MatchUniqueness() {}

    /**
     * @param matchKeys of the routes that would be put, by id
     * @param touched the ids of every route that would be put or deleted
     * @throws EditRejectedException naming the route that has a match already
     */
    static void requireFree(Handle handle, Map<String, String> matchKeys, Collection<String> touched)
            throws EditRejectedException {
        Map<String, String> ids = new HashMap<>();
        for (Map.Entry<String, String> route : matchKeys.entrySet()) {
            String other = ids.putIfAbsent(route.getValue(), route.getKey());
            if (other != null) {
                throw taken(route.getKey(), other);
            }
        }
        Optional<EditRejectedException> refusal = handle.createQuery("""
                        select id, match_key from route
                        where match_key = any(:keys) and id <> all(:touched)
                        order by id limit 1""")
                .bindArray("keys", String.class, ids.keySet())
                .bindArray("touched", String.class, touched)
                .map((row, context) -> taken(ids.get(row.getString("match_key")), row.getString("id")))
                .findFirst();
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    private static EditRejectedException taken(@Nullable String id, String other) {
        return new EditRejectedException(
                Why.MATCH_TAKEN,
                other,
                "Route \"" + id + "\" would take exactly the requests that route \"" + other
                        + "\" takes already; change what one of them matches, or delete one.");
    }
}
