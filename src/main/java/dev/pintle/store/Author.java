package dev.pintle.store;

import org.jspecify.annotations.Nullable;

/**
 * The writer of a revision and the reason.
 *
 * @param name the name of the token, or of the command
 * @param reason the reason as the writer gave it
 */
public record Author(String name, @Nullable String reason) {}
