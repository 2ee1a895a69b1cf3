package dev.pintle.soak;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A route under load, and what goes wrong behind it.
 *
 * @param what the route, for people to read
 * @param expected the errors that its clients cannot be spared
 */
record Scenario(String what, Set<String> expected, ClientResults heard, List<? extends AutoCloseable> running)
        implements AutoCloseable {
    /** One whose clients are not to hear of any error, when {@code expected} is empty. */
    static Scenario of(String what, Set<String> expected, Load load, AutoCloseable... trouble) {
        return new Scenario(
                what,
                expected,
                load.fromNow(),
                Stream.concat(Stream.of(load), Stream.of(trouble)).toList());
    }

    /** What clients heard, in one sentence. */
    String told() {
        String errors = heard.errors();
        return (errors.isEmpty() ? "none" : errors) + " of " + heard.requests();
    }

    boolean isWell() {
        return expected.containsAll(heard.errorWords());
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
