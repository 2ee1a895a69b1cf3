package dev.pintle.cli;

import dev.pintle.config.InvalidSpecException;

/** Carries the violations of a file out of a transaction. */
final class InvalidImportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final InvalidSpecException violations;

    InvalidImportException(InvalidSpecException violations) {
        super(violations);
        this.violations = violations;
    }

    InvalidSpecException violations() {
        return violations;
    }
}
