package dev.pintle.config;

/**
 * One fault of a document.
 *
 * @param pointer the location, as a JSON pointer (RFC 6901) into the document; empty for the whole document
 * @param message the fault and the remedy, as a sentence without its subject
 */
public record Violation(String pointer, String message) {
    /** Returns the violation with a pointer into the document that contains this one at {@code parent}. */
    public Violation below(String parent) {
        return new Violation(parent + pointer, message);
    }
}
