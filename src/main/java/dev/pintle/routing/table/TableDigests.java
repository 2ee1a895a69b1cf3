package dev.pintle.routing.table;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Configuration;
import dev.pintle.crypto.Sha256;
import dev.pintle.routing.RejectedRoute;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Digests of the documents of tables, equal on all nodes that serve the same documents. Documents that did not change since
 * the last table are not read again. Safe for all threads.
 */
final class TableDigests {
    private static final ObjectNode NONE = JsonNodeFactory.instance.objectNode();

    private IdentityHashMap<ObjectNode, String> documents = new IdentityHashMap<>();
    private Digested last = digest(RouteTable.EMPTY);

    /**
     * The digests of one table.
     *
     * @param active of the documents that it serves
     * @param whole of all its documents, served or rejected
     */
    record Digested(RouteTable table, String active, String whole) {}

    synchronized Digested of(RouteTable table) {
        if (last.table() != table) {
            last = digest(table);
        }
        return last;
    }

    private Digested digest(RouteTable table) {
        Configuration stored = table.configuration();
        IdentityHashMap<ObjectNode, String> next = new IdentityHashMap<>();
        stored.routes().values().forEach(route -> next.put(route.json(), document(route.json())));
        documents = next;
        String whole = digest(stored.defaults().json(), stored, Set.of());
        Set<String> rejected = table.rejected().stream().map(RejectedRoute::id).collect(Collectors.toUnmodifiableSet());
        boolean isWhole = rejected.isEmpty() && table.defaultsFault() == null;
        ObjectNode defaults = table.defaultsFault() == null ? stored.defaults().json() : NONE;
        return new Digested(table, isWhole ? whole : digest(defaults, stored, rejected), whole);
    }

    private String document(ObjectNode json) {
        String known = documents.get(json);
        return known == null ? Sha256.hex(json.toString()) : known;
    }

    private String digest(ObjectNode defaults, Configuration stored, Set<String> rejected) {
        StringBuilder lines = new StringBuilder("defaults ").append(defaults);
        stored.routes().forEach((id, route) -> {
            if (!rejected.contains(id)) {
                lines.append('\n').append(id).append(' ').append(document(route.json()));
            }
        });
        return Sha256.hex(lines.toString());
    }
}
