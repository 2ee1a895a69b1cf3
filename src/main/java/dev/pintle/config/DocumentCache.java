package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Function;
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

    private final ConcurrentMap<DocumentKey, ActiveDocument> active = new ConcurrentHashMap<>();

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
        keep(DocumentKey.DEFAULTS, next.defaults());
        keep(configuration.routes(), next.routes(), DocumentKey::route);
        next.entities().forEach((kind, documents) -> keep(configuration.entities(kind), documents, kind::key));
        configuration = next;
    }

    private void keep(
            SortedMap<String, VersionedDocument> before,
            SortedMap<String, VersionedDocument> after,
            Function<String, DocumentKey> key) {
        DocumentDiff.between(before, after, (one, other) -> DocumentDiff.isSameInstance(one.json(), other.json()))
                .forEach(id -> keep(key.apply(id), after.get(id)));
    }

    private void keep(DocumentKey key, @Nullable VersionedDocument stored) {
        if (stored == null) {
            active.remove(key);
        } else {
            ValidDocument known = readAgain(active.get(key), stored.json());
            active.put(
                    key,
                    new ActiveDocument(
                            stored.json(),
                            new AtomicReference<>(known == null ? proposed.take(key, stored.json()) : known)));
        }
    }

    /** Returns the active document that PostgreSQL or the snapshot returned again, as another instance. */
    private static @Nullable ValidDocument readAgain(@Nullable ActiveDocument before, ObjectNode json) {
        return before != null && (before.is(json) || before.json.toString().equals(json.toString()))
                ? before.document.get()
                : null;
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
        ActiveDocument known = active.get(key);
        ValidDocument found = known == null || !known.is(json) ? proposed.find(key, json) : known.document.get();
        if (found == null) {
            parses.increment();
        }
        return found;
    }

    private <D extends ValidDocument> D parsed(JsonNode json, D document) {
        ActiveDocument known = active.get(document.key());
        if (known == null || !known.is(json)) {
            proposed.add(document);
        } else {
            known.document.set(document);
        }
        return document;
    }

    /**
     * An active document.
     *
     * @param json the instance in the active configuration
     * @param document null before the first read
     */
    private record ActiveDocument(JsonNode json, AtomicReference<@Nullable ValidDocument> document) {
        boolean is(JsonNode other) {
            return DocumentDiff.isSameInstance(json, other);
        }
    }
}
