package dev.pintle.soak;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** Counts the outcomes of requests with their durations. Safe for all threads. */
final class ClientResults {
    private final Map<String, Times> outcomes = new ConcurrentSkipListMap<>();

    void add(String outcome, long nanos) {
        outcomes.computeIfAbsent(outcome, any -> new Times()).add(nanos);
    }

    long requests() {
        return outcomes.values().stream().mapToLong(Times::count).sum();
    }

    long of(String outcome) {
        Times times = outcomes.get(outcome);
        return times == null ? 0 : times.count();
    }

    long failed() {
        return requests() - of(LoadClient.OK);
    }

    /** Returns the count of each failure; empty without failures. */
    String errors() {
        return outcomes.entrySet().stream()
                .filter(outcome -> !outcome.getKey().equals(LoadClient.OK))
                .map(outcome -> outcome.getValue().count() + " × " + outcome.getKey())
                .collect(Collectors.joining(", "));
    }

    /** Describes the failures. */
    String failures() {
        String errors = errors();
        return failed() + " of " + requests() + " failed" + (errors.isEmpty() ? "" : " (" + errors + ')');
    }

    Set<String> failureSummary() {
        Set<String> words = new TreeSet<>(outcomes.keySet());
        words.remove(LoadClient.OK);
        return words;
    }

    /** Returns the duration in milliseconds of a quantile of the requests with this outcome. */
    double millis(String outcome, double part) {
        Times times = outcomes.get(outcome);
        return times == null ? 0 : times.quantile(part) / 1e6;
    }

    double p99() {
        return millis(LoadClient.OK, 0.99);
    }

    private static final class Times {
        private long[] nanos = new long[1 << 10];
        private int count;

        synchronized void add(long took) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = took;
        }

        synchronized int count() {
            return count;
        }

        synchronized long quantile(double part) {
            long[] sorted = Arrays.copyOf(nanos, count);
            Arrays.sort(sorted);
            return sorted[Math.min(count - 1, (int) (count * part))];
        }
    }
}
