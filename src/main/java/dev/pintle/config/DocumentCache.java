package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.IdentityHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents, and parses each valid one once. Keeps the documents of the active configuration and those that
 * requests proposed, so that a write, its lint and its activation share one parse. A document counts as known if its text
 * is the same, with the keys in the same order. Safe for all threads.
 */
public final class DocumentCache {
    private final DocumentReader reader;
    private final ProposedDocuments proposed = new ProposedDocuments();
    private final LongAdder parses = new LongAdder();

    /** The active documents by the instance of their JSON; null before the first read of a document. */
    private volatile IdentityHashMap<JsonNode, AtomicReference<@Nullable ValidDocument>> active =
            new IdentityHashMap<>();

    private Configuration configuration = Configuration.EMPTY;

    public DocumentCache(DocumentSchema schema) {
        this.reader = new DocumentReader(schema);
    }

    public DocumentSchema schema() {
        return reader.schema();
    }

    /** The number of documents that were parsed because the cache did not have them. */
    public long parses() {
        return parses.sum();
    }

    /** Keeps the documents of this configuration, instead of those of the previous one. Parses none of them. */
    public synchronized void activate(Configuration next) {
        IdentityHashMap<JsonNode, AtomicReference<@Nullable ValidDocument>> kept = new IdentityHashMap<>();
        keep(DocumentKey.DEFAULTS, next.defaults().json(), kept);
        next.routes().forEach((id, stored) -> keep(DocumentKey.route(id), stored.json(), kept));
        next.entities()
                .forEach((kind, documents) ->
                        documents.forEach((id, stored) -> keep(kind.key(id), stored.json(), kept)));
        configuration = next;
        active = kept;
    }

    private void keep(
            DocumentKey key,
            ObjectNode json,
            IdentityHashMap<JsonNode, AtomicReference<@Nullable ValidDocument>> kept) {
        AtomicReference<@Nullable ValidDocument> known = active.get(json);
        if (known == null) {
            ValidDocument read = readAgain(key, json);
            kept.put(json, new AtomicReference<>(read == null ? proposed.take(key, json) : read));
        } else {
            kept.put(json, known);
        }
    }

    /** Returns the active document that PostgreSQL or the snapshot returned again, as another instance. */
    private @Nullable ValidDocument readAgain(DocumentKey key, ObjectNode json) {
        VersionedDocument before = configuration.find(key).orElse(null);
        if (before == null || !before.json().toString().equals(json.toString())) {
            return null;
        }
        AtomicReference<@Nullable ValidDocument> known = active.get(before.json());
        return known == null ? null : known.get();
    }

    /**
     * Reads a route document.
     *
     * @throws InvalidSpecException with all violations of the document
     */
    public RouteDocument route(JsonNode json) throws InvalidSpecException {
        return route(json, (settings, violations) -> {});
    }

    /**
     * Reads a route document and applies further rules.
     *
     * @param rules report violations of the settings, which may be invalid in the document
     * @throws InvalidSpecException with all violations of the document and of the rules
     */
    RouteDocument route(JsonNode json, BiConsumer<Specs, Violations> rules) throws InvalidSpecException {
        if (!(find(DocumentKey.route(id(json)), json) instanceof RouteDocument known)) {
            return parsed(json, reader.route(json, rules));
        }
        Violations violations = new Violations();
        rules.accept(known.settings(), violations);
        if (!violations.found().isEmpty()) {
            throw new InvalidSpecException(violations.found());
        }
        return known;
    }

    /**
     * Reads a defaults document.
     *
     * @throws InvalidSpecException with all violations of the document
     */
    public DefaultsDocument defaults(JsonNode json) throws InvalidSpecException {
        return find(DocumentKey.DEFAULTS, json) instanceof DefaultsDocument known
                ? known
                : parsed(json, reader.defaults(json));
    }

    /**
     * Reads a document that routes refer to.
     *
     * @throws InvalidSpecException with all violations of the document
     */
    public EntityDocument entity(EntityKind kind, JsonNode json) throws InvalidSpecException {
        return find(kind.key(id(json)), json) instanceof EntityDocument known
                ? known
                : parsed(json, EntityReader.read(kind, json));
    }

    private static String id(JsonNode json) {
        return json.path("id").asText();
    }

    private @Nullable ValidDocument find(DocumentKey key, JsonNode json) {
        AtomicReference<@Nullable ValidDocument> known = active.get(json);
        ValidDocument found = known == null ? proposed.find(key, json) : known.get();
        if (found == null) {
            parses.increment();
        }
        return found;
    }

    private <D extends ValidDocument> D parsed(JsonNode json, D document) {
        AtomicReference<@Nullable ValidDocument> kept = active.get(json);
        if (kept == null) {
            proposed.add(document);
        } else {
            kept.set(document);
        }
        return document;
    }
}
