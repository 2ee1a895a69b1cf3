package dev.pintle.config;

import java.util.List;
import java.util.stream.Collectors;

/** Signals an invalid route or defaults document, with all its violations. */
public final class InvalidSpecException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidSpecException(List<Violation> violations) {
        super(violations.stream()
                .map(violation -> violation.pointer() + ": " + violation.message())
                .collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** Returns at least one violation. */
    public List<Violation> violations() {
        return violations;
    }
}
