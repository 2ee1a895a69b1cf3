package dev.pintle.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path with parameters: {@code {name}} is one whole segment that is not empty, and {@code {name...}} at the end is
 * everything below the segments before it. Immutable.
 */
public final class PathTemplate {
    /** The segment of a parameter in {@link #key()}. No literal segment has braces. */
    public static final String PARAMETER = "{}";

    private static final Pattern SEGMENT =
            Pattern.compile("\\{(?<name>[A-Za-z][A-Za-z0-9_]{0,63})(?<rest>\\.\\.\\.)?}");

    /** Literal segments, and {@link #PARAMETER} for parameters; without the rest. */
    private final List<String> segments = new ArrayList<>();

    private final List<String> names = new ArrayList<>();
    private final @Nullable String rest;

    /** Compiles a template that has no {@linkplain #fault fault}. */
    public PathTemplate(String template) {
        String below = null;
        for (String segment : template.substring(1).split("/", -1)) {
            Matcher parameter = SEGMENT.matcher(segment);
            if (!parameter.matches()) {
                segments.add(segment);
            } else if (parameter.group("rest") == null) {
                segments.add(PARAMETER);
                names.add(parameter.group("name"));
            } else {
                below = parameter.group("name");
            }
        }
        this.rest = below;
    }

    /** The fault of a text that is not a template, and the remedy. */
    public static Optional<String> fault(String template) {
        if (!template.startsWith("/")) {
            return Optional.of("must begin with a slash; write " + Truncated.quoted('/' + template));
        }
        List<String> segments = List.of(template.split("/", -1));
        Set<String> names = new HashSet<>();
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            Matcher parameter = SEGMENT.matcher(segments.get(i));
            if (!parameter.matches()) {
                literals.add(segments.get(i));
                continue;
            }
            literals.add("p");
            if (!names.add(parameter.group("name"))) {
                return Optional.of("must not name a parameter twice: " + parameter.group("name"));
            }
            if (parameter.group("rest") != null && i < segments.size() - 1) {
                return Optional.of("must end with " + segments.get(i) + ", which takes the rest of the path");
            }
        }
        if (literals.stream().anyMatch(literal -> literal.indexOf('{') >= 0 || literal.indexOf('}') >= 0)) {
            return Optional.of(
                    "must have each parameter as a whole segment, such as /users/{id} or /files/{rest...}; it is "
                            + Truncated.quoted(template));
        }
        return names.isEmpty()
                ? Optional.of("has no parameter such as {id}; write it as path, with \"exact\": true")
                : PathSyntax.fault(String.join("/", literals), false);
    }

    /** Text that is equal for templates that match the same paths: without names, and without the rest. */
    public String key() {
        return '/' + String.join("/", segments);
    }

    /** Whether the template matches everything below its segments. */
    public boolean hasRest() {
        return rest != null;
    }

    /** Whether the template has a parameter other than the rest. */
    boolean hasSegmentParameter() {
        return !names.isEmpty();
    }

    /** The path before the first parameter, without a slash at its end; empty when the template begins with one. */
    public String literalPath() {
        int first = segments.indexOf(PARAMETER);
        List<String> literals = first < 0 ? segments : segments.subList(0, first);
        return literals.isEmpty() ? "" : '/' + String.join("/", literals);
    }

    /** Whether the template matches a path. */
    public boolean matches(String path) {
        return values(path) != null;
    }

    /** The values of the parameters, as sent, by name in order; null when the template does not match the path. */
    public @Nullable Map<String, String> values(String path) {
        Map<String, String> values = new LinkedHashMap<>();
        int next = 0;
        int start = 1;
        for (String segment : segments) {
            if (start > path.length()) {
                return null;
            }
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            String actual = path.substring(start, end);
            if (segment.equals(PARAMETER)) {
                if (actual.isEmpty()) {
                    return null;
                }
                values.put(names.get(next++), actual);
            } else if (!segment.equals(actual)) {
                return null;
            }
            start = end + 1;
        }
        if (rest != null) {
            values.put(rest, start > path.length() ? "" : path.substring(start));
            return values;
        }
        return start == path.length() + 1 ? values : null;
    }

    /** The values of the parameters that are one segment. */
    public List<String> segmentValues(String path) {
        Map<String, String> values = values(path);
        return values == null ? List.of() : List.copyOf(values.values()).subList(0, names.size());
    }

    /** The part of a matching path that the rest takes, with its slash; empty without a rest. */
    public String below(String path) {
        Map<String, String> values = values(path);
        String below = rest == null || values == null ? null : values.get(rest);
        return below == null || below.isEmpty() ? "" : '/' + below;
    }
}
