package dev.pintle.store;

import dev.pintle.config.KeyDictionary;
import java.util.UUID;

/**
 * Identifies a node in the cluster.
 *
 * @param id generated at each start
 * @param name the display name; several nodes may share one
 * @param version of Pintle
 * @param keys the keys of documents that it knows
 */
public record NodeIdentity(UUID id, String name, String version, KeyDictionary keys) {}
