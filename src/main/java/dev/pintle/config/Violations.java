package dev.pintle.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the violations of one document. Used by one thread. */
public final class Violations {
    private final String base;
    private final List<Violation> found;

    /** Creates an empty collection for a whole document. */
    public Violations() {
        this("", new ArrayList<>());
    }

    private Violations(String base, List<Violation> found) {
        this.base = base;
        this.found = found;
    }

    /** Returns a view of this collection that takes pointers relative to {@code pointer}. */
    public Violations at(String pointer) {
        return new Violations(base + pointer, found);
    }

    /**
     * Adds a violation.
     *
     * @param pointer relative to this view; empty for the value itself
     * @param message the fault and the remedy
     */
    public void add(String pointer, String message) {
        found.add(new Violation(base + pointer, message));
    }

    /** Whether the value at a pointer, relative to this view, has a violation. */
    boolean has(String pointer) {
        return found.stream().anyMatch(violation -> violation.pointer().equals(base + pointer));
    }

    /** Adds the violations of a document that this one contains at {@code pointer}. */
    public void addAll(String pointer, List<Violation> others) {
        others.forEach(violation -> add(pointer + violation.pointer(), violation.message()));
    }

    /** Adds those violations whose values have no violation yet. */
    void addAllAtOtherPointers(List<Violation> others) {
        Set<String> pointers = found.stream().map(Violation::pointer).collect(Collectors.toSet());
        others.stream()
                .filter(violation -> !pointers.contains(base + violation.pointer()))
                .forEach(violation -> add(violation.pointer(), violation.message()));
    }

    /** Reports {@code value} when it is longer than {@code limit}; does nothing when one of the two is absent. */
    public void requireNotLonger(
            String pointer, @Nullable Duration value, String limitPointer, @Nullable Duration limit) {
        if (value != null && limit != null && value.compareTo(limit) > 0) {
            add(
                    pointer,
                    "must not be longer than " + base + limitPointer + " (" + Durations.format(limit) + "); it is "
                            + Durations.format(value));
        }
    }

    /** Returns all violations so far, including those of other views. */
    public List<Violation> found() {
        return List.copyOf(found);
    }
}
