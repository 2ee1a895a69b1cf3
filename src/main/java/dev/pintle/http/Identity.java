package dev.pintle.http;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The verified identity of the client of an exchange.
 *
 * @param consumer the id of the consumer; null when the client is none
 * @param groups of the consumer
 * @param claims of the verified token; empty without one
 */
public record Identity(@Nullable String consumer, Set<String> groups, Map<String, Object> claims) {
    /** The client has not authenticated. */
    public static final Identity ANONYMOUS = new Identity(null, Set.of(), Map.of());

    public Identity {
        groups = Set.copyOf(groups);
    }

    /** The text of a claim; null when it is absent, an object or a list. */
    public @Nullable String claim(String name) {
        return text(find(claims, name));
    }

    /** The values of a claim that is a text or a list of texts. */
    public List<String> claimValues(String name) {
        Object value = find(claims, name);
        Collection<?> values = value instanceof Collection<?> list ? list : Collections.singleton(value);
        return values.stream()
                .map(Identity::text)
                .flatMap(text -> Stream.ofNullable(text))
                .toList();
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            case null, default -> null;
        };
    }

    /** The claim with this name. A dot also leads into an object: {@code realm_access.roles}. */
    private static @Nullable Object find(Map<?, ?> object, String name) {
        Object value = object.get(name);
        for (int dot = name.indexOf('.'); value == null && dot >= 0; dot = name.indexOf('.', dot + 1)) {
            if (object.get(name.substring(0, dot)) instanceof Map<?, ?> inner) {
                value = find(inner, name.substring(dot + 1));
            }
        }
        return value;
    }

    /** The scopes of the token: {@code scope} (RFC 8693), or {@code scp}. */
    public List<String> scopes() {
        String name = claims.containsKey("scope") ? "scope" : "scp";
        return claimValues(name).stream()
                .flatMap(scopes -> Arrays.stream(scopes.split(" ", -1)))
                .filter(scope -> !scope.isEmpty())
                .toList();
    }
}
