package dev.pintle.soak;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A route under load, with faults behind it.
 *
 * @param what the name of the route
 * @param expected the unavoidable errors of its clients
 */
record Scenario(String what, Set<String> expected, ClientResults received, List<? extends AutoCloseable> running)
        implements AutoCloseable {
    /** Creates a scenario whose clients must see no error when {@code expected} is empty. */
    static Scenario of(String what, Set<String> expected, Load load, AutoCloseable... trouble) {
        return new Scenario(
                what,
                expected,
                load.resetCounts(),
                Stream.concat(Stream.of(load), Stream.of(trouble)).toList());
    }

    /** Describes the results in one sentence. */
    String summary() {
        String errors = received.errors();
        return (errors.isEmpty() ? "none" : errors) + " of " + received.requests();
    }

    boolean isPassed() {
        return expected.containsAll(received.failureSummary());
    }

    @Override
    public void close() {
        for (AutoCloseable thing : running) {
            try {
                thing.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
