package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.EntityKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The edits that apply files to the configuration of a node. */
final class SyncPlan {
    private static final String OWNER = "owner";

    private final long revision;
    private final Map<DocumentKey, JsonNode> stored = new LinkedHashMap<>();
    private final @Nullable String owner;
    private final ArrayNode edits = JsonNodeFactory.instance.arrayNode();
    private final List<String> sources = new ArrayList<>();

    private SyncPlan(JsonNode configuration, @Nullable String owner) {
        this.revision = configuration.path("revision").asLong();
        this.owner = owner;
        addStored(DocumentKey.ROUTE, configuration.path("routes"));
        for (EntityKind kind : EntityKind.values()) {
            addStored(kind.word(), configuration.path(kind.listKey()));
        }
    }

    private void addStored(String kind, JsonNode list) {
        list.forEach(json -> stored.put(new DocumentKey(kind, json.path("id").asText()), json));
    }

    /**
     * Compares files with the configuration of a node.
     *
     * @param configuration the lists of the node, as {@code routes export} names them
     * @param owner the owner of the documents; null for none
     * @param prune whether to remove documents of the owner that are not in the files
     * @throws CommandException without an owner, when a document belongs to one
     */
    static SyncPlan of(List<SyncDocument> documents, JsonNode configuration, @Nullable String owner, boolean prune)
            throws CommandException {
        SyncPlan plan = new SyncPlan(configuration, owner);
        for (SyncDocument document : documents) {
            plan.put(document);
        }
        if (prune) {
            Set<DocumentKey> kept = documents.stream().map(SyncDocument::key).collect(Collectors.toUnmodifiableSet());
            plan.stored.forEach((key, json) -> {
                if (!kept.contains(key) && plan.prunes(key, json)) {
                    plan.add("the removal of " + key.name(), edit(key).put("delete", key.id()));
                }
            });
        }
        return plan;
    }

    /** Consumers and identity providers without an owner stay: operators and the console add them, too. */
    private boolean prunes(DocumentKey key, JsonNode json) {
        return owner == null
                ? key.isRoute() && ownerOf(json).isEmpty()
                : ownerOf(json).equals(owner);
    }

    private static String ownerOf(@Nullable JsonNode json) {
        return json == null ? "" : json.path(OWNER).asText();
    }

    private static ObjectNode edit(DocumentKey key) {
        ObjectNode edit = JsonNodeFactory.instance.objectNode();
        return key.isRoute() || key.isDefaults() ? edit : edit.put("kind", key.kind());
    }

    private void add(String source, ObjectNode edit) {
        sources.add(source);
        edits.add(edit);
    }

    private void put(SyncDocument document) throws CommandException {
        if (document.isDefaults()) {
            add(document.source(), edit(document.key()).set("defaults", document.json()));
            return;
        }
        JsonNode wanted = owned(document.json());
        JsonNode present = stored.get(document.key());
        String other = ownerOf(present);
        if (owner == null && !other.isEmpty() && !other.equals(ownerOf(wanted))) {
            throw new CommandException(document.key().subject() + " in " + document.source() + " belongs to \"" + other
                    + "\". Edit it there, or sync with --owner " + other + '.');
        }
        if (!wanted.equals(present)) {
            add(document.source(), edit(document.key()).set("put", wanted));
        }
    }

    /** The document as the node stores it. */
    private JsonNode owned(JsonNode json) {
        return owner == null || json.hasNonNull(OWNER) || !(json instanceof ObjectNode object)
                ? json
                : object.deepCopy().put(OWNER, owner);
    }

    boolean isEmpty() {
        return edits.isEmpty();
    }

    long revision() {
        return revision;
    }

    /** The body of the batch. It fails with 412 when the configuration changed since the comparison. */
    ObjectNode batch() {
        ObjectNode batch = JsonNodeFactory.instance.objectNode().put("ifRevision", revision);
        if (owner != null) {
            batch.put(OWNER, owner);
        }
        return batch.set("edits", edits);
    }

    /** A pointer into the batch, as the operator knows the place: the file and the pointer into its document. */
    String place(String pointer) {
        String[] parts = pointer.split("/", 5);
        if (parts.length < 4 || !parts[1].equals("edits") || !parts[2].matches("[0-9]{1,6}")) {
            return pointer;
        }
        int index = Integer.parseInt(parts[2]);
        return index < sources.size() ? sources.get(index) + ": /" + (parts.length > 4 ? parts[4] : "") : pointer;
    }
}
