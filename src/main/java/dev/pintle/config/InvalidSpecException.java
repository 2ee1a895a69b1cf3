package dev.pintle.config;

import java.util.List;
import java.util.stream.Collectors;

/** A document that is no route (or no defaults), with all that is wrong with it. */
public final class InvalidSpecException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidSpecException(List<Violation> violations) {
        super(violations.stream()
                .map(violation -> violation.pointer() + ": " + violation.message())
                .collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** At least one. */
    public List<Violation> violations() {
        return violations;
    }
}
