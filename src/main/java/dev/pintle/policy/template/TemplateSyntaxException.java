package dev.pintle.policy.template;

/** A text that is not a template. The message says why, as a sentence without its subject. */
public final class TemplateSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    TemplateSyntaxException(String fault) {
        super(fault, null, false, false);
    }

    /** The fault and the remedy, to be read after the place of the template. */
    public String fault() {
        return String.valueOf(getMessage());
    }
}
