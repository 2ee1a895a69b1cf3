package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A setting whose effective value on a route changes.
 *
 * @param pointer the JSON pointer to the setting in a route
 * @param from the earlier value; null when the setting had no effect
 * @param to the later value; null when the setting no longer has an effect
 * @param origin the origin of the later value: {@code route}, {@code defaults} or {@code built-in}
 */
public record EffectiveChange(
        String route,
        String pointer,
        @Nullable JsonNode from,
        @Nullable JsonNode to,
        String origin) {}
