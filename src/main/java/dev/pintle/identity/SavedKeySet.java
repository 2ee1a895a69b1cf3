package dev.pintle.identity;

import java.time.Instant;

/**
 * A key set that a provider published, for the snapshot of the node.
 *
 * @param url the source of the key set: a key set of another source is not used
 * @param keys the key set as text (RFC 7517)
 */
public record SavedKeySet(String provider, String url, Instant fetchedAt, String keys) {}
