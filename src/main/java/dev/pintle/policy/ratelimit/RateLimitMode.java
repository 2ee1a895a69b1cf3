package dev.pintle.policy.ratelimit;

/** Where the node counts requests for rate limits. */
public enum RateLimitMode {
    /** In Redis, together with all nodes. */
    REDIS("redis"),
    /** In this process, since no Redis is configured. */
    LOCAL("local"),
    /** In this process, since Redis is unavailable. */
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
