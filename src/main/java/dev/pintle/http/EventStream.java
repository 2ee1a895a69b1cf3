package dev.pintle.http;

import org.jspecify.annotations.Nullable;

/** Recognizes streams of server-sent events, which are silent for as long as nothing happens. */
public final class EventStream {
    private static final String TYPE = "text/event-stream";

    private EventStream() {}

    /** Whether a {@code Content-Type} is that of server-sent events. */
    public static boolean matches(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().equalsIgnoreCase(TYPE);
    }
}
