package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The edits that apply files to the configuration of a node. */
final class SyncPlan {
    private static final String OWNER = "owner";

    private final long revision;
    private final Map<String, JsonNode> stored = new HashMap<>();
    private final @Nullable String owner;
    private final ArrayNode edits = JsonNodeFactory.instance.arrayNode();
    private final List<String> sources = new ArrayList<>();

    private SyncPlan(JsonNode routes, @Nullable String owner) {
        this.revision = routes.path("revision").asLong();
        this.owner = owner;
        routes.path("routes").forEach(route -> stored.put(route.path("id").asText(), route));
    }

    /**
     * Compares files with the routes of a node.
     *
     * @param routes the response of {@code GET /routes}
     * @param owner the owner of the documents; null for none
     * @param prune whether to remove routes of the owner that are not in the files
     * @throws CommandException without an owner, when a route belongs to one
     */
    static SyncPlan of(List<SyncDocument> documents, JsonNode routes, @Nullable String owner, boolean prune)
            throws CommandException {
        SyncPlan plan = new SyncPlan(routes, owner);
        for (SyncDocument document : documents) {
            plan.put(document);
        }
        if (prune) {
            List<String> kept = documents.stream()
                    .filter(SyncDocument::isRoute)
                    .map(SyncDocument::id)
                    .toList();
            plan.stored.forEach((id, route) -> {
                if (!kept.contains(id) && ownerOf(route).equals(owner == null ? "" : owner)) {
                    plan.add("the removal of route " + id, plan.edit().put("delete", id));
                }
            });
        }
        return plan;
    }

    private static String ownerOf(@Nullable JsonNode route) {
        return route == null ? "" : route.path(OWNER).asText();
    }

    private ObjectNode edit() {
        return JsonNodeFactory.instance.objectNode();
    }

    private void add(String source, ObjectNode edit) {
        sources.add(source);
        edits.add(edit);
    }

    private void put(SyncDocument document) throws CommandException {
        if (document.isRoute()) {
            putRoute(document);
        } else if (document.isDefaults()) {
            add(document.source(), edit().set("defaults", document.json()));
        } else {
            add(document.source(), edit().put("kind", document.kind()).set("put", document.json()));
        }
    }

    private void putRoute(SyncDocument document) throws CommandException {
        JsonNode wanted = owned(document.json());
        JsonNode present = stored.get(document.id());
        String other = ownerOf(present);
        if (owner == null && !other.isEmpty() && !other.equals(ownerOf(wanted))) {
            throw new CommandException("Route \"" + document.id() + "\" in " + document.source() + " belongs to \""
                    + other + "\". Edit it there, or sync with --owner " + other + '.');
        }
        if (!wanted.equals(present)) {
            add(document.source(), edit().set("put", wanted));
        }
    }

    /** The route as the node stores it. */
    private JsonNode owned(JsonNode route) {
        return owner == null || route.hasNonNull(OWNER) || !(route instanceof ObjectNode object)
                ? route
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
