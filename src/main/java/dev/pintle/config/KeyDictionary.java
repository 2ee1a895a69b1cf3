package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.crypto.Sha256;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every key that a version of Pintle knows in documents, as paths such as {@code route/timeout/total}. An element of a
 * list has the path of the list. A star stands for the keys that an operator chooses, two stars for any JSON, and
 * {@code path=value} for each value of a closed list. Immutable.
 */
public final class KeyDictionary {
    private static final String ANY_KEY = "/*";
    private static final String ANY_JSON = "/**";

    private final SortedSet<String> paths;
    private final String text;
    private final String digest;

    private KeyDictionary(SortedSet<String> paths) {
        this.paths = paths;
        this.text = String.join("\n", paths);
        this.digest = Sha256.hex(text).substring(0, 16);
    }

    /** The keys that a version with this schema knows. */
    public static KeyDictionary of(DocumentSchema schema) {
        SortedSet<String> paths = new TreeSet<>();
        addRecord(RouteSpec.class, DocumentKey.ROUTE, paths);
        schema.ofRoutes().forEach(type -> add(type.spec(), DocumentKey.ROUTE + '/' + type.key(), paths));
        String defaults = DocumentKey.DEFAULTS.kind();
        paths.add(defaults);
        schema.layered().forEach(type -> add(type.spec(), defaults + '/' + type.key(), paths));
        for (EntityKind kind : EntityKind.values()) {
            addRecord(kind.spec(), kind.word(), paths);
        }
        return new KeyDictionary(paths);
    }

    /** Reads a dictionary from its {@link #text()}. */
    public static KeyDictionary parse(String text) {
        return new KeyDictionary(new TreeSet<>(List.of(text.split("\n", -1))));
    }

    /** One path a line. */
    public String text() {
        return text;
    }

    /** Identifies the dictionary. */
    public String digest() {
        return digest;
    }

    /** The first key or value in a valid document that this dictionary lacks; empty when it has all. */
    public Optional<String> firstUnknown(DocumentKey document, ObjectNode json) {
        return Optional.ofNullable(paths.contains(document.kind()) ? unknown(document.kind(), json) : document.kind());
    }

    private @Nullable String unknown(String path, JsonNode json) {
        if (paths.contains(path + ANY_JSON)) {
            return null;
        }
        if (json.isTextual()) {
            String value = path + '=' + json.textValue();
            boolean isClosed = !paths.subSet(path + '=', path + '>').isEmpty();
            return isClosed && !paths.contains(value) ? value : null;
        }
        for (JsonNode element : json.isArray() ? json : List.<JsonNode>of()) {
            String unknown = unknown(path, element);
            if (unknown != null) {
                return unknown;
            }
        }
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            String child = paths.contains(path + ANY_KEY) ? path + ANY_KEY : path + '/' + member.getKey();
            String unknown = paths.contains(child) ? unknown(child, member.getValue()) : child;
            if (unknown != null) {
                return unknown;
            }
        }
        return null;
    }

    private static void add(Type type, String path, SortedSet<String> paths) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            boolean isMap = generic.getRawType() != List.class;
            paths.add(path);
            add(arguments[arguments.length - 1], isMap ? path + ANY_KEY : path, paths);
        } else if (type instanceof Class<?> plain && plain.isRecord() && plain != DataSize.class) {
            addRecord(plain.asSubclass(Record.class), path, paths);
        } else {
            paths.add(path);
            addValues((Class<?>) type, path, paths);
        }
    }

    private static void addRecord(Class<? extends Record> type, String path, SortedSet<String> paths) {
        SpecShape<?> shape = SpecShape.of(type);
        SpecComponent single = shape.singleValue();
        paths.add(path);
        if (single != null) {
            add(single.type(), path, paths);
            return;
        }
        shape.components().forEach(component -> add(component.type(), path + '/' + component.name(), paths));
    }

    private static void addValues(Class<?> type, String path, SortedSet<String> paths) {
        if (type == ObjectNode.class) {
            paths.add(path + ANY_JSON);
        } else if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                paths.add(path + '=' + Keywords.of(constant));
            }
        }
    }
}
