package dev.pintle.policy.limit;

/** Where rate limits are counted. */
public enum Mode {
    /** In Redis, by all nodes together. */
    REDIS("redis"),
    /** In this process, as there is no Redis. */
    LOCAL("local"),
    /** By each node for itself, as Redis is away. */
    SPLIT("split");

    private final String text;

    Mode(String text) {
        this.text = text;
    }

    /** As users see it. */
    public String text() {
        return text;
    }
}
