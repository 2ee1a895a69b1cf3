package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.JsonPointers;
import dev.pintle.config.UnicodeText;
import dev.pintle.config.Violations;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request for an API key.
 *
 * @param sha256 the hash of a key of another gateway; null when it is not given
 * @param plain the text of a key of another gateway; null when it is not given
 */
record KeyRequest(
        String name,
        @Nullable Instant expires,
        @Nullable String sha256,
        @Nullable String plain) {
    private static final Set<String> KEYS = Set.of("name", "expires", "sha256", "plain");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_NAME = 100;
    private static final int MIN_KEY = 16;
    private static final int MAX_KEY = 500;

    /** @throws InvalidSpecException with all violations; none repeats a secret */
    static KeyRequest read(JsonNode json) throws InvalidSpecException {
        Violations violations = new Violations();
        if (!json.isObject()) {
            violations.add("", "must be a JSON object, such as {\"name\": \"production\"}");
        }
        json.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                violations.add(
                        JsonPointers.child("", key), "is not a known key; known here: name, expires, sha256, plain");
            }
        });
        String name = name(json, violations);
        Instant expires = expires(json, violations);
        String sha256 = text("sha256", json, violations);
        String plain = text("plain", json, violations);
        if (sha256 != null && !SHA_256.matcher(sha256).matches()) {
            violations.add("/sha256", "must be 64 lowercase hexadecimal digits");
        }
        if (plain != null && (plain.length() < MIN_KEY || plain.length() > MAX_KEY)) {
            violations.add("/plain", "must have " + MIN_KEY + " to " + MAX_KEY + " characters");
        }
        if (sha256 != null && plain != null) {
            violations.add("/sha256", "cannot be combined with plain; remove one of them");
        }
        if (!violations.found().isEmpty()) {
            throw new InvalidSpecException(violations.found());
        }
        return new KeyRequest(name, expires, sha256, plain);
    }

    static String name(JsonNode json, Violations violations) {
        String name = Objects.requireNonNullElse(text("name", json, violations), "");
        if (UnicodeText.length(name) > MAX_NAME) {
            violations.add("/name", "must have at most " + MAX_NAME + " characters");
        }
        return name;
    }

    private static @Nullable String text(String key, JsonNode json, Violations violations) {
        if (!json.hasNonNull(key)) {
            return null;
        }
        String value = json.path(key).textValue();
        if (value == null || !UnicodeText.isStorable(value)) {
            violations.add('/' + key, "must be a string without NUL and unpaired surrogates");
            return null;
        }
        return value;
    }

    static @Nullable Instant expires(JsonNode json, Violations violations) {
        String written = text("expires", json, violations);
        Instant expires = written == null ? null : RequestTime.parse(written).orElse(null);
        if (written != null && expires == null) {
            violations.add("/expires", "must be a time such as 2027-01-31T12:00:00Z");
        }
        return expires;
    }
}
