package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.EntityKind;
import dev.pintle.config.RouteSpec;
import dev.pintle.config.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parses a batch and collects all faults of its form in one pass. */
final class BatchReader {
    private static final Set<String> KEYS = Set.of("edits", "owner", "ifRevision");
    private static final List<String> VERBS = List.of("put", "patch", "delete", "defaults");
    private static final String KIND = "kind";
    private static final String KINDS = Stream.concat(
                    Stream.of(DocumentKey.ROUTE),
                    Arrays.stream(EntityKind.values()).map(EntityKind::word))
            .collect(Collectors.joining("\", \"", "one of \"", "\""));

    private final JsonNode json;
    private final List<BatchEdit> edits = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, String> pointers = new HashMap<>();

    BatchReader(JsonNode json) {
        this.json = json;
    }

    Batch read() {
        if (!json.isObject()) {
            fault("", "must be a JSON object with a list of edits: {\"edits\": [{\"put\": {…}}]}");
            return new Batch(List.of(), violations, null, null);
        }
        refuseUnknownKeys("", json, KEYS, "edits, owner, ifRevision");
        String owner = owner(json.path("owner"));
        Long ifRevision = ifRevision(json.path("ifRevision"));
        JsonNode list = json.path("edits");
        if (!list.isArray() || list.isEmpty() || list.size() > Batch.MAX_EDITS) {
            fault("/edits", "must be a list of 1 to " + Batch.MAX_EDITS + " edits; " + describe(list));
        } else {
            for (int i = 0; i < list.size(); i++) {
                readEdit("/edits/" + i, list.get(i));
            }
        }
        return new Batch(edits, violations, owner, ifRevision);
    }

    private static String describe(JsonNode list) {
        return list.isArray() ? "it has " + list.size() : "it is " + (list.isMissingNode() ? "missing" : "not a list");
    }

    private @Nullable String owner(JsonNode value) {
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isTextual() || !value.textValue().matches(RouteSpec.OWNER_SYNTAX)) {
            fault("/owner", "must be the name of a repository, such as team-a/routes");
            return null;
        }
        return value.textValue();
    }

    private @Nullable Long ifRevision(JsonNode value) {
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            fault("/ifRevision", "must be the number of a revision, such as 42");
            return null;
        }
        return value.longValue();
    }

    private void readEdit(String pointer, JsonNode edit) {
        List<String> verbs = VERBS.stream().filter(edit::has).toList();
        if (verbs.size() != 1) {
            String found = verbs.isEmpty() ? "it has none" : "it has " + String.join(" and ", verbs);
            fault(pointer, "must have exactly one of " + String.join(", ", VERBS) + "; " + found);
            return;
        }
        String verb = verbs.getFirst();
        refuseUnknownKeys(pointer, edit, Set.of(verb, KIND), verb + ", " + KIND);
        String kind = edit.path(KIND).asText(DocumentKey.ROUTE);
        if (!kind.equals(DocumentKey.ROUTE) && EntityKind.of(kind).isEmpty()) {
            fault(pointer + '/' + KIND, "must be " + KINDS + ", or absent for a route");
            return;
        }
        readVerb(pointer + '/' + verb, verb, kind, edit.path(verb));
    }

    private void readVerb(String pointer, String verb, String kind, JsonNode value) {
        switch (verb) {
            case "put" -> {
                if (isNew(pointer + "/id", kind, value.path("id"))) {
                    edits.add(new BatchEdit.Put(
                            pointer, new DocumentKey(kind, value.path("id").textValue()), value));
                }
            }
            case "patch" -> readPatch(pointer, kind, value);
            case "delete" -> {
                if (isNew(pointer, kind, value)) {
                    edits.add(new BatchEdit.Delete(pointer, new DocumentKey(kind, value.textValue())));
                }
            }
            default -> readDefaults(pointer, value);
        }
    }

    private void readPatch(String pointer, String kind, JsonNode value) {
        refuseUnknownKeys(pointer, value, Set.of("id", "merge"), "id, merge");
        boolean isNew = isNew(pointer + "/id", kind, value.path("id"));
        JsonNode merge = value.path("merge");
        if (!merge.isObject()) {
            fault(pointer + "/merge", "must be a JSON merge patch (RFC 7396) of the document, as an object");
        } else if (isNew) {
            edits.add(new BatchEdit.Patch(
                    pointer, new DocumentKey(kind, value.path("id").textValue()), merge));
        }
    }

    private void readDefaults(String pointer, JsonNode value) {
        String other = pointers.putIfAbsent(DocumentDelta.DEFAULTS, pointer);
        if (other == null) {
            edits.add(new BatchEdit.Defaults(pointer, value));
        } else {
            fault(pointer, "replaces the defaults, as " + other + " does; keep one of them");
        }
    }

    /** Whether the value is an id that no earlier edit names. */
    private boolean isNew(String pointer, String kind, JsonNode id) {
        String noun = kind.replace('-', ' ');
        if (!id.isTextual()) {
            fault(pointer, "must be the id of a " + noun + ", as a string");
            return false;
        }
        DocumentKey key = new DocumentKey(kind, id.textValue());
        String other = pointers.putIfAbsent(key.name(), pointer);
        if (other != null) {
            fault(pointer, "names the " + key.name() + ", which " + other + " names already; edit it once");
        }
        return other == null;
    }

    private void refuseUnknownKeys(String pointer, JsonNode object, Set<String> known, String words) {
        object.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                String place = pointer + '/' + key.replace("~", "~0").replace("/", "~1");
                fault(place, "is not a known key; known here: " + words);
            }
        });
    }

    private void fault(String pointer, String message) {
        violations.add(new Violation(pointer, message));
    }
}
