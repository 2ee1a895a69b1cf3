package dev.pintle.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.KeyDictionary;
import dev.pintle.store.EditRejectedException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The keys that the nodes of the cluster know. During an upgrade, versions with different keys run side by side. */
final class ClusterKeys {
    private final Handle handle;

    ClusterKeys(Handle handle) {
        this.handle = handle;
    }

    /**
     * Requires that every living node that serves a document can serve its replacement. A node that does not know a key of the
     * present document rejects it already, so another change of it loses nothing.
     *
     * @throws EditRejectedException naming the nodes that lack a key
     */
    void require(List<RevisionDraft.Replacement> replacements) throws EditRejectedException {
        if (replacements.isEmpty()) {
            return;
        }
        List<String> tooOld = new ArrayList<>();
        String missing = "";
        for (Map.Entry<String, List<String>> version : nodesByKeys().entrySet()) {
            KeyDictionary known = KeyDictionary.parse(version.getKey());
            Optional<String> unknown = replacements.stream()
                    .flatMap(replacement -> addedUnknown(known, replacement).stream())
                    .findFirst();
            if (unknown.isPresent()) {
                missing = unknown.get();
                tooOld.addAll(version.getValue());
            }
        }
        if (!tooOld.isEmpty()) {
            List<String> nodes = tooOld.stream().sorted().toList();
            throw new EditRejectedException(
                    Reason.FLEET_TOO_OLD,
                    nodes,
                    "Living nodes do not know the key " + missing + ": " + String.join(", ", nodes)
                            + ". Upgrade or stop them, then repeat the write.");
        }
    }

    private static Optional<String> addedUnknown(KeyDictionary known, RevisionDraft.Replacement replacement) {
        DocumentKey key = replacement.key();
        ObjectNode before = replacement.before();
        return before != null && known.firstUnknown(key, before).isPresent()
                ? Optional.empty()
                : known.firstUnknown(key, replacement.after()).map(path -> path + " of " + key.name());
    }

    /** The names and versions of the living nodes, by the keys that they know. Nodes about to stop do not count. */
    private Map<String, List<String>> nodesByKeys() {
        record Known(String keys, String node) {}
        return handle
                .createQuery("""
                        select schema.keys, coalesce(node.name, 'unnamed') || ' (' || coalesce(node.version, 'unknown') || ')'
                            as node
                        from node join document_schema schema on schema.digest = coalesce(node.schema_digest, '')
                        where not node.draining and node.seen >= now() - make_interval(secs => :alive)""")
                .bind("alive", NodeRows.ALIVE_SECONDS)
                .map((row, context) -> new Known(row.getString("keys"), row.getString("node")))
                .stream()
                .collect(Collectors.groupingBy(Known::keys, Collectors.mapping(Known::node, Collectors.toList())));
    }
}
