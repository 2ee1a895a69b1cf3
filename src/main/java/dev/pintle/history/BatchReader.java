package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses a batch and collects all faults of its form in one pass. */
final class BatchReader {
    private static final Set<String> KEYS = Set.of("edits", "ifRevision");
    private static final List<String> VERBS = List.of("put", "patch", "delete", "defaults");
    private static final String KIND = "kind";

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
            return new Batch(List.of(), violations, null);
        }
        refuseUnknownKeys("", json, KEYS, "edits, ifRevision");
        Long ifRevision = ifRevision(json.path("ifRevision"));
        JsonNode list = json.path("edits");
        if (!list.isArray() || list.isEmpty() || list.size() > Batch.MAX_EDITS) {
            fault("/edits", "must be a list of 1 to " + Batch.MAX_EDITS + " edits; " + describe(list));
        } else {
            for (int i = 0; i < list.size(); i++) {
                readEdit("/edits/" + i, list.get(i));
            }
        }
        return new Batch(edits, violations, ifRevision);
    }

    private static String describe(JsonNode list) {
        return list.isArray() ? "it has " + list.size() : "it is " + (list.isMissingNode() ? "missing" : "not a list");
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
        if (edit.has(KIND) && !edit.path(KIND).asText().equals(DocumentDelta.ROUTE)) {
            fault(pointer + '/' + KIND, "must be \"route\" or absent");
            return;
        }
        readVerb(pointer + '/' + verb, verb, edit.path(verb));
    }

    private void readVerb(String pointer, String verb, JsonNode value) {
        switch (verb) {
            case "put" -> {
                if (isNew(pointer + "/id", value.path("id"))) {
                    edits.add(new BatchEdit.Put(pointer, value.path("id").textValue(), value));
                }
            }
            case "patch" -> readPatch(pointer, value);
            case "delete" -> {
                if (isNew(pointer, value)) {
                    edits.add(new BatchEdit.Delete(pointer, value.textValue()));
                }
            }
            default -> readDefaults(pointer, value);
        }
    }

    private void readPatch(String pointer, JsonNode value) {
        refuseUnknownKeys(pointer, value, Set.of("id", "merge"), "id, merge");
        boolean isNew = isNew(pointer + "/id", value.path("id"));
        JsonNode merge = value.path("merge");
        if (!merge.isObject()) {
            fault(pointer + "/merge", "must be a JSON merge patch (RFC 7396) of the route, as an object");
        } else if (isNew) {
            edits.add(new BatchEdit.Patch(pointer, value.path("id").textValue(), merge));
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

    /** Whether the value is an id that no earlier edit names; otherwise adds a violation. */
    private boolean isNew(String pointer, JsonNode id) {
        if (!id.isTextual()) {
            fault(pointer, "must be the id of a route, as a string");
            return false;
        }
        String other = pointers.putIfAbsent("route " + id.textValue(), pointer);
        if (other != null) {
            fault(
                    pointer,
                    "names the route \"" + id.textValue() + "\", which " + other + " also names; edit each route once");
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
