package dev.pintle.store;

import java.util.UUID;

/**
 * Names a node among the others.
 *
 * @param id made at each start
 * @param name for people; several nodes may have the same one
 * @param version of Pintle
 */
public record NodeIdentity(UUID id, String name, String version) {}
