package dev.pintle.soak;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** How often each thing happened. Safe for all threads. */
final class EventCounter {
    private final Map<String, Integer> times = new ConcurrentSkipListMap<>();

    void add(String what) {
        times.merge(what, 1, Integer::sum);
    }

    long of(String what) {
        return times.getOrDefault(what, 0);
    }

    /** How many things happened. */
    long things() {
        return times.size();
    }

    /** How many things happened more than once. */
    long repeated() {
        return times.values().stream().filter(count -> count > 1).count();
    }

    @Override
    public String toString() {
        return times.entrySet().stream()
                .map(entry -> entry.getValue() + " × " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
