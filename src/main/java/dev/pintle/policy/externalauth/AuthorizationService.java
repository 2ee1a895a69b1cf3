package dev.pintle.policy.externalauth;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of an authorization service.
 *
 * @param server scheme, host and perhaps port
 * @param path at least a slash
 */
public record AuthorizationService(
        String server, String path, @Nullable String query) {
    private static final Pattern URL = Pattern.compile(ExternalAuthSpec.URL);

    /** Parses a URL; empty when it is invalid. */
    public static Optional<AuthorizationService> parse(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String path = parts.group("path");
        return Optional.of(
                new AuthorizationService(parts.group("server"), path == null ? "/" : path, parts.group("query")));
    }
}
