package dev.pintle.policy.ratelimit;

/** Where rate limits are counted. */
public enum RateLimitMode {
    /** In Redis, by all nodes together. */
    REDIS("redis"),
    /** In this process, as there is no Redis. */
    LOCAL("local"),
    /** By each node for itself, as Redis is away. */
    SPLIT("split");

    private final String text;

    RateLimitMode(String text) {
        this.text = text;
    }

    /** As users see it. */
    public String text() {
        return text;
    }
}
