package dev.pintle.upstream.circuitbreaker;

/** Whether attempts reach a target. */
public enum CircuitState {
    /** Attempts reach the target. */
    CLOSED("closed"),
    /** Attempts are rejected until the cooldown ends. */
    OPEN("open"),
    /** A few trials reach the target; other attempts are rejected. */
    HALF_OPEN("half-open");

    private final String text;

    CircuitState(String text) {
        this.text = text;
    }

    /** The state as users see it. */
    public String text() {
        return text;
    }
}
