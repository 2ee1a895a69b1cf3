package dev.pintle.soak;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** Counts events by name. Safe for all threads. */
final class EventCounter {
    private final Map<String, Integer> times = new ConcurrentSkipListMap<>();

    void add(String event) {
        times.merge(event, 1, Integer::sum);
    }

    long of(String event) {
        return times.getOrDefault(event, 0);
    }

    /** Returns the number of different events. */
    long count() {
        return times.size();
    }

    /** Returns the number of events that occurred more than once. */
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
