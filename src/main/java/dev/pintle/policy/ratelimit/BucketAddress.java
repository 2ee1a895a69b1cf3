package dev.pintle.policy.ratelimit;

/**
 * The key of a bucket in Redis.
 *
 * @param scope the owner of the limit; all buckets of one scope are in one hash slot of a Redis Cluster
 * @param limit the name of the limit
 * @param key identifies the requests that share the bucket
 */
record BucketAddress(String scope, String limit, String key) {
    /** Returns the key in Redis. */
    @Override
    public String toString() {
        return "pintle:limit:{" + scope + "}:" + limit + ':' + key;
    }
}
