package dev.pintle.http;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        return switch (claims.get(name)) {
            case String text -> text;
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            case null, default -> null;
        };
    }

    /** The values of a claim that is a text or a list of texts. */
    public List<String> claimValues(String name) {
        if (claims.get(name) instanceof Collection<?> values) {
            return values.stream().map(String::valueOf).toList();
        }
        String value = claim(name);
        return value == null ? List.of() : List.of(value);
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
