package dev.pintle.importers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An object of the source that remembers which keys were read, so that no key is lost silently. Not safe for concurrent use. */
final class SourceObject {
    private final JsonNode json;
    private final String where;
    private final Set<String> read = new HashSet<>();

    /** @param where names the object in the report */
    SourceObject(JsonNode json, String where) {
        this.json = json;
        this.where = where;
    }

    String where() {
        return where;
    }

    private JsonNode read(String key) {
        read.add(key);
        JsonNode value = json.path(key);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    boolean has(String key) {
        JsonNode value = read(key);
        return !value.isMissingNode() && !(value.isContainerNode() && value.isEmpty());
    }

    @Nullable
    String text(String key) {
        JsonNode value = read(key);
        return value.isValueNode() ? value.asText() : null;
    }

    String text(String key, String otherwise) {
        String text = text(key);
        return text == null ? otherwise : text;
    }

    long number(String key, long otherwise) {
        return read(key).asLong(otherwise);
    }

    boolean flag(String key, boolean otherwise) {
        return read(key).asBoolean(otherwise);
    }

    /** The texts of a list, or the one text. */
    List<String> texts(String key) {
        return texts(read(key));
    }

    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(item -> texts.add(item.asText()));
        } else if (value.isValueNode()) {
            texts.add(value.asText());
        }
        return texts;
    }

    /** The lists of texts of an object, by key. */
    Map<String, List<String>> textsByKey(String key) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        read(key).properties().forEach(entry -> all.put(entry.getKey(), texts(entry.getValue())));
        return all;
    }

    /** Whether a reference, which is a text or an object, has the name or the id of this object. */
    boolean isNamedBy(JsonNode reference) {
        return Stream.of(reference, reference.path("name"), reference.path("id"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .anyMatch(text -> text.equals(text("name")) || text.equals(text("id")));
    }

    /** A copy with a key that its place implies. */
    SourceObject with(String key, String value) {
        ObjectNode copy = json.deepCopy();
        return new SourceObject(copy.put(key, value), where);
    }

    JsonNode raw(String key) {
        return read(key);
    }

    SourceObject object(String key) {
        return new SourceObject(read(key), where + ' ' + key);
    }

    /** The objects of a list, which the report names by a key of each, or by its position. */
    List<SourceObject> objects(String key, String word, String nameKey) {
        List<SourceObject> objects = new ArrayList<>();
        JsonNode list = read(key);
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.path(i);
            String name = item.path(nameKey).asText(item.path("id").asText("number " + (i + 1)));
            objects.add(new SourceObject(item, word + " \"" + name + '"'));
        }
        return objects;
    }

    /** Marks keys that need no counterpart. */
    SourceObject ignore(String... keys) {
        read.addAll(List.of(keys));
        return this;
    }

    /** Reports each key that was not read. */
    void reportUnread(ImportDraft draft) {
        json.fieldNames().forEachRemaining(key -> {
            if (!read.contains(key) && !isOff(json.path(key))) {
                draft.lose(where, '"' + key + "\" has no counterpart and was left out");
            }
        });
    }

    private static boolean isOff(JsonNode value) {
        return value.isNull()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isBoolean() && !value.asBoolean());
    }
}
