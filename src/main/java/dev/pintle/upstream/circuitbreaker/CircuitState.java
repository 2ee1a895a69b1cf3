package dev.pintle.upstream.circuitbreaker;

/** Whether attempts reach a target. */
public enum CircuitState {
    /** They do. */
    CLOSED("closed"),
    /** They are refused until the cooldown is over. */
    OPEN("open"),
    /** A few try, the others are refused. */
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
