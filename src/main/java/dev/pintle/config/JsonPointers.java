package dev.pintle.config;

/** Creates JSON pointers (RFC 6901). */
public final class JsonPointers {
    private JsonPointers() {}

    /** Returns the pointer to the value of {@code key} in the object at {@code parent}. */
    public static String child(String parent, String key) {
        return parent + '/' + key.replace("~", "~0").replace("/", "~1");
    }
}
