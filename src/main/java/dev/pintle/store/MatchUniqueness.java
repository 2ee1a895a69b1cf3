package dev.pintle.store;

import dev.pintle.store.EditRejectedException.Reason;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rejects routes that match exactly the same requests. The transaction holds the lock on the latest revision. */
final class MatchUniqueness {
    private MatchUniqueness() {}

    /**
     * @param matchKeys the match keys of the routes to put, by id
     * @param touched the ids of the routes to put or delete
     * @throws EditRejectedException naming the route that already has the match
     */
    static void requireFree(Handle handle, Map<String, String> matchKeys, Collection<String> touched)
            throws EditRejectedException {
        Map<String, String> ids = new HashMap<>();
        for (Map.Entry<String, String> route : matchKeys.entrySet()) {
            String other = ids.putIfAbsent(route.getValue(), route.getKey());
            if (other != null) {
                throw conflict(route.getKey(), other);
            }
        }
        Optional<EditRejectedException> refusal = handle.createQuery("""
                        select id, match_key from route
                        where match_key = any(:keys) and id <> all(:touched)
                        order by id limit 1""")
                .bindArray("keys", String.class, ids.keySet())
                .bindArray("touched", String.class, touched)
                .map((row, context) -> conflict(ids.get(row.getString("match_key")), row.getString("id")))
                .findFirst();
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    private static EditRejectedException conflict(@Nullable String id, String other) {
        return new EditRejectedException(
                Reason.MATCH_TAKEN,
                other,
                "Route \"" + id + "\" matches exactly the same requests as route \"" + other
                        + "\"; change the match of one of them, or delete one.");
    }
}
