package dev.pintle.config;

/**
 * One fault of a document.
 *
 * @param pointer where it is, as a JSON pointer (RFC 6901) into the document as written; empty for the whole
 * @param message what is wrong and what to write instead, as a sentence
 */
public record Violation(String pointer, String message) {
    /** The same fault of a document that stands at {@code parent} of a larger one. */
    public Violation below(String parent) {
        return new Violation(parent + pointer, message);
    }
}
