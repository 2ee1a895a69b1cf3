package dev.pintle.store;

import org.jspecify.annotations.Nullable;

/**
 * Who writes, and why.
 *
 * @param name the name of the token, or of the command
 * @param reason what the writer gave as the reason
 */
public record Author(String name, @Nullable String reason) {}
