package dev.pintle.store;

/**
 * A bucket of a rate limit that an operator filled.
 *
 * @param number grows with each reset
 * @param bucket its key; where a header counts, a hash of the header's value
 * @param author the name of the operator's token
 */
public record LimitReset(long number, String route, String bucket, String author) {}
