package dev.pintle.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The vocabulary of rules: each word notes a fault, with its pointer, where a value breaks it. Absent values break none. */
final class ViolationCollector {
    private final Set<String> faulty;
    private final List<Violation> found = new ArrayList<>();

    /** @param formFaults what the reader found: a value that could not be read is not reported as missing too */
    ViolationCollector(List<Violation> formFaults) {
        this.faulty = formFaults.stream().map(Violation::pointer).collect(Collectors.toSet());
    }

    List<Violation> found() {
        return found;
    }

    void add(String pointer, String message) {
        found.add(new Violation(pointer, message));
    }

    void required(String pointer, @Nullable Object value, String message) {
        if (value == null && !faulty.contains(pointer)) {
            add(pointer, message);
        }
    }

    void between(String pointer, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            add(pointer, "must be from " + least + " to " + most + "; it is " + value);
        }
    }

    void between(String pointer, @Nullable Duration value, Duration least, Duration most) {
        if (value != null && (value.compareTo(least) < 0 || value.compareTo(most) > 0)) {
            add(
                    pointer,
                    "must be from " + Durations.format(least) + " to " + Durations.format(most) + "; it is "
                            + Durations.format(value));
        }
    }

    void atMost(String pointer, @Nullable DataSize value, DataSize most) {
        if (value != null && value.bytes() > most.bytes()) {
            add(pointer, "must be at most " + most.bytes() + "B; it is " + value.bytes() + "B");
        }
    }

    void notAbove(String pointer, @Nullable Duration value, String otherName, @Nullable Duration other) {
        if (value != null && other != null && value.compareTo(other) > 0) {
            add(
                    pointer,
                    "must not be longer than " + otherName + " (" + Durations.format(other) + "); it is "
                            + Durations.format(value));
        }
    }

    void oneOf(String pointer, @Nullable String value, Set<String> allowed) {
        if (value != null && !allowed.contains(value)) {
            add(
                    pointer,
                    "must be one of " + String.join(", ", new TreeSet<>(allowed)) + "; it is "
                            + Truncated.quoted(value));
        }
    }

    void matches(String pointer, @Nullable String value, Pattern form, String description) {
        if (value != null && !form.matcher(value).matches()) {
            add(pointer, "must be " + description + "; it is " + Truncated.quoted(value));
        }
    }

    void notEmpty(String pointer, @Nullable Collection<?> values) {
        if (values != null && values.isEmpty()) {
            add(pointer, "must not be empty; leave it out");
        }
    }

    void distinct(String pointer, List<String> values) {
        Set<String> seen = new HashSet<>();
        Set<String> twice = values.stream()
                .filter(value -> value != null && !seen.add(value))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!twice.isEmpty()) {
            add(pointer, "must not name anything twice; here " + Truncated.of(String.join(", ", twice)));
        }
    }
}
