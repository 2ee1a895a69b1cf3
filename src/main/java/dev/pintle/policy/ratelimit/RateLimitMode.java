package dev.pintle.policy.ratelimit;

/** The place where the node counts requests for rate limits. */
public enum RateLimitMode {
    /** In Redis, shared by all nodes. */
    REDIS("redis"),
    /** In this process, because no Redis is configured. */
    LOCAL("local"),
    /** In this process, because Redis is unavailable. */
    SPLIT("split");

    private final String text;

    RateLimitMode(String text) {
        this.text = text;
    }

    /** Returns the value in metrics and the admin API. */
    public String text() {
        return text;
    }
}
