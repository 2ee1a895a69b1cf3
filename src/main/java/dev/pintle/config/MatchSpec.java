package dev.pintle.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which requests a route takes, as written. */
public record MatchSpec(
        @Nullable String path,
        @Nullable Boolean exact,
        @Nullable List<String> hosts,
        @Nullable List<String> methods,
        @Nullable Map<String, String> headers,
        @Nullable Map<String, String> query) {

    /**
     * The same text for two matches that take the same requests, whatever the order and case in which they were written;
     * another text for any other. JSON, since no value can be taken for another's edge there.
     */
    public String canonical() {
        ObjectNode canonical = JsonNodeFactory.instance.objectNode();
        canonical.put("path", path).put("exact", Boolean.TRUE.equals(exact));
        array(canonical.putArray("hosts"), lowerCase(Objects.requireNonNullElse(hosts, List.of())));
        array(canonical.putArray("methods"), new TreeSet<>(Objects.requireNonNullElse(methods, List.of())));
        ObjectNode canonicalHeaders = canonical.putObject("headers");
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(Objects.requireNonNullElse(headers, Map.of()));
        byName.forEach((name, value) -> canonicalHeaders.put(name.toLowerCase(Locale.ROOT), value));
        ObjectNode canonicalQuery = canonical.putObject("query");
        new TreeMap<>(Objects.requireNonNullElse(query, Map.<String, String>of())).forEach(canonicalQuery::put);
        return canonical.toString();
    }

    private static Collection<String> lowerCase(List<String> names) {
        Collection<String> lower = new TreeSet<>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return lower;
    }

    private static void array(ArrayNode array, Collection<String> values) {
        values.forEach(array::add);
    }
}
