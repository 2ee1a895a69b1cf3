package dev.pintle.identity;

/**
 * A key set that a provider published, as text, for the next start of the node.
 *
 * @param fetchedAt in milliseconds of Unix time
 * @param url the source of the key set: a key set of another source is not used
 * @param keys the key set as text (RFC 7517)
 */
public record SavedKeySet(String provider, String url, long fetchedAt, String keys) {}
