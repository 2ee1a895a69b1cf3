package dev.pintle.store;

/**
 * An operator's request to fill a bucket of a rate limit.
 *
 * @param number grows with each reset
 * @param bucket the key of the bucket; for a limit per header, a hash of the header's value
 * @param author the name of the operator's token
 */
public record LimitReset(long number, String route, String bucket, String author) {}
