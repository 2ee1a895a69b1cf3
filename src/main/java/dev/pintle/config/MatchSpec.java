package dev.pintle.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The {@code match} of a route as the operator wrote it. */
@Schema(description = "Selects requests. All conditions must hold.")
public record MatchSpec(
        @Schema(
                description =
                        "A prefix on a segment boundary: `/users` matches `/users` and `/users/1`, not `/usersX`. It"
                                + " contains no `%`, `;`, `\\`, `*`, `//` and no dot segments.")
        @RoutePath(exact = true)
        @Nullable
        String path,

        @Schema(description = "Whether the route matches only this path.", defaultValue = "false") @Nullable
        Boolean exact,

        @Schema(
                description =
                        "A path with parameters, instead of `path`: `{name}` is one whole segment, and `{name...}` at the end is"
                                + " everything below, also nothing. `/users/{id}/orders/{rest...}` matches `/users/1/orders` and"
                                + " `/users/1/orders/2/3`. Literal segments win over parameters.")
        @RouteTemplate
        @Nullable
        String template,

        @Schema(description = "Host names, or `*.example.org` for all names below one; any host when absent.")
        @Size(min = 1, message = "must not be empty; remove it")
        @Distinct
        @Nullable
        List<@HostName String> hosts,

        @Schema(description = "Methods; any method when absent. `GET` does not imply `HEAD`.")
        @Size(min = 1, message = "must not be empty; remove it")
        @Distinct
        @Nullable
        List<@HttpMethodName String> methods,

        @Schema(description = "Headers and their exact values; `*` matches any value.") @Nullable
        Map<String, String> headers,

        @Schema(description = "Query parameters and their exact values; `*` matches any value.") @Nullable
        Map<String, String> query) {

    /**
     * Returns a text that is equal for two matches of the same requests, in any order and case, and different for all
     * others. It is JSON, so that the separators are unambiguous.
     */
    public String canonical() {
        ObjectNode canonical = JsonNodeFactory.instance.objectNode();
        if (path != null) {
            canonical.put("path", path).put("exact", Boolean.TRUE.equals(exact));
        } else {
            template(canonical);
        }
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

    private void template(ObjectNode canonical) {
        PathTemplate compiled = new PathTemplate(pattern());
        canonical
                .put(compiled.hasSegmentParameter() ? "template" : "path", compiled.key())
                .put("exact", !compiled.hasRest());
    }

    /** The path or the template of a valid match, as written. */
    public String pattern() {
        return Objects.requireNonNull(path == null ? template : path);
    }

    /** The compiled template of a valid match; null when it has a path. */
    public @Nullable PathTemplate compiledTemplate() {
        return template == null ? null : new PathTemplate(template);
    }

    /** The path of a valid match, or its template up to the first parameter; at least a slash. */
    public String literalPath() {
        String literal = path == null ? new PathTemplate(pattern()).literalPath() : path;
        return literal.isEmpty() ? "/" : literal;
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
