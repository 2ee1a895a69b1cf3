package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A setting that takes another effect on a route.
 *
 * @param pointer to the setting, as a JSON pointer into a route
 * @param from null when the setting had no effect
 * @param to null when the setting has no effect any more
 * @param origin where the later value comes from: {@code route}, {@code defaults} or {@code built-in}
 */
public record EffectiveChange(
        String route,
        String pointer,
        @Nullable JsonNode from,
        @Nullable JsonNode to,
        String origin) {}
