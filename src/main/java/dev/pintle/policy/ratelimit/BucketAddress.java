package dev.pintle.policy.ratelimit;

/**
 * Where Redis keeps a bucket.
 *
 * @param scope whose limit it is: all buckets of one scope are in one hash slot of a Redis Cluster
 * @param limit the name of the limit
 * @param key whose requests the bucket counts
 */
record BucketAddress(String scope, String limit, String key) {
    /** The key in Redis. */
    @Override
    public String toString() {
        return "pintle:limit:{" + scope + "}:" + limit + ':' + key;
    }
}
