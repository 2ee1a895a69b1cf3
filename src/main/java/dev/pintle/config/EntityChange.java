package dev.pintle.config;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The documents that routes refer to, after a change. */
public record EntityChange(List<EntityDocument> put, List<DocumentKey> deleted) {
    public EntityChange {
        put = List.copyOf(put);
        deleted = List.copyOf(deleted);
    }

    public boolean isEmpty() {
        return put.isEmpty() && deleted.isEmpty();
    }

    /** The configuration with the change. */
    public Configuration applied(Configuration latest) {
        Map<EntityKind, SortedMap<String, VersionedDocument>> entities = new EnumMap<>(EntityKind.class);
        latest.entities().forEach((kind, documents) -> entities.put(kind, new TreeMap<>(documents)));
        entities.forEach((kind, documents) -> {
            deleted.stream().filter(key -> key.kind().equals(kind.word())).forEach(key -> documents.remove(key.id()));
            put.stream()
                    .filter(document -> document.kind() == kind)
                    .forEach(document -> documents.put(
                            document.id(), new VersionedDocument(latest.revision() + 1, document.json())));
        });
        List<UnreadableDocument> unreadable = latest.unreadable().stream()
                .filter(document -> !deleted.contains(document.key()))
                .toList();
        return new Configuration(latest.revision(), latest.defaults(), latest.routes(), entities, unreadable);
    }
}
