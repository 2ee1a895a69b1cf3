package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Computes JSON patches (RFC 6902) with the operations add, remove and replace. Used by one thread. */
final class JsonPatch {
    private final ArrayNode operations = JsonNodeFactory.instance.arrayNode();

    private JsonPatch() {}

    /** Returns the operations that transform {@code from} into {@code to}; empty when both are equal. */
    static ArrayNode between(JsonNode from, JsonNode to) {
        JsonPatch patch = new JsonPatch();
        patch.compare("", from, to);
        return patch.operations;
    }

    private void compare(String path, JsonNode from, JsonNode to) {
        if (from.equals(to)) {
            return;
        }
        if (from instanceof ObjectNode before && to instanceof ObjectNode after) {
            compareObjects(path, before, after);
        } else if (from instanceof ArrayNode before && to instanceof ArrayNode after) {
            compareArrays(path, before, after);
        } else {
            add("replace", path).set("value", to);
        }
    }

    private void compareObjects(String path, ObjectNode from, ObjectNode to) {
        from.properties().forEach(property -> {
            String child = child(path, property.getKey());
            JsonNode after = to.get(property.getKey());
            if (after == null) {
                add("remove", child);
            } else {
                compare(child, property.getValue(), after);
            }
        });
        to.properties().stream()
                .filter(property -> !from.has(property.getKey()))
                .forEach(property -> add("add", child(path, property.getKey())).set("value", property.getValue()));
    }

    /**
     * Keeps equal elements at both ends. Compares the elements between them pairwise, then adds or removes the rest.
     */
    private void compareArrays(String path, ArrayNode from, ArrayNode to) {
        int shorter = Math.min(from.size(), to.size());
        int start = 0;
        while (start < shorter && from.get(start).equals(to.get(start))) {
            start++;
        }
        int tail = 0;
        while (tail < shorter - start && from.get(from.size() - 1 - tail).equals(to.get(to.size() - 1 - tail))) {
            tail++;
        }
        int both = shorter - tail;
        for (int i = start; i < both; i++) {
            compare(path + '/' + i, from.get(i), to.get(i));
        }
        for (int i = from.size() - tail - 1; i >= both; i--) {
            add("remove", path + '/' + i);
        }
        for (int i = both; i < to.size() - tail; i++) {
            add("add", path + '/' + i).set("value", to.get(i));
        }
    }

    private ObjectNode add(String operation, String path) {
        return operations.addObject().put("op", operation).put("path", path);
    }

    private static String child(String path, String key) {
        return path + '/' + key.replace("~", "~0").replace("/", "~1");
    }
}
