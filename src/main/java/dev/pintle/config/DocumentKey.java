package dev.pintle.config;

/**
 * The identity of a stored document.
 *
 * @param kind {@code route}, {@code defaults}, or the word of an {@link EntityKind}
 */
public record DocumentKey(String kind, String id) {
    public static final String ROUTE = "route";
    /** The kind of the defaults, and their id. */
    public static final DocumentKey DEFAULTS = new DocumentKey("defaults", "defaults");

    public static DocumentKey route(String id) {
        return new DocumentKey(ROUTE, id);
    }

    public boolean isRoute() {
        return kind.equals(ROUTE);
    }

    public boolean isDefaults() {
        return equals(DEFAULTS);
    }

    /** The document as the beginning of a sentence. */
    public String subject() {
        return isDefaults() ? "The defaults document" : Character.toUpperCase(kind.charAt(0)) + name().substring(1);
    }

    /** The document within a sentence, such as {@code route "users"}. */
    public String name() {
        return isDefaults() ? "the defaults" : kind.replace('-', ' ') + " \"" + id + '"';
    }
}
