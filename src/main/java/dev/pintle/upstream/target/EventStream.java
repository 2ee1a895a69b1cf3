package dev.pintle.upstream.target;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognizes streams of server-sent events, which are silent for as long as nothing happens. */
public final class EventStream {
    private static final Pattern TYPE = Pattern.compile("(?is)\\s*text/event-stream\\s*(;.*)?");

    private EventStream() {}

    /** Whether a {@code Content-Type} is that of server-sent events. */
    public static boolean matches(@Nullable String contentType) {
        return contentType != null && TYPE.matcher(contentType).matches();
    }
}
