package dev.pintle.upstream.http2;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Reports the events of Jetty's session to a connection. Safe for all threads. */
final class ConnectionEvents implements Session.Listener {
    private final Http2Connection connection;

    ConnectionEvents(Http2Connection connection) {
        this.connection = connection;
    }

    /** The gateway accepts no pushed responses. */
    @Override
    public Map<Integer, Integer> onPreface(Session session) {
        return Map.of(SettingsFrame.ENABLE_PUSH, 0);
    }

    @Override
    public void onSettings(Session session, SettingsFrame frame) {
        Map<Integer, Integer> settings = frame.getSettings();
        connection.settings(
                session,
                settings.get(SettingsFrame.MAX_CONCURRENT_STREAMS),
                settings.get(SettingsFrame.MAX_HEADER_LIST_SIZE));
    }

    @Override
    public void onGoAway(Session session, GoAwayFrame frame) {
        connection.drain();
    }

    @Override
    public void onClose(Session session, GoAwayFrame frame, Callback callback) {
        connection.ended(new IOException("it closed the connection"));
        callback.succeeded();
    }

    @Override
    public void onFailure(Session session, @Nullable Throwable failure, Callback callback) {
        connection.ended(new IOException("it does not speak HTTP/2, or broke the connection off: " + failure));
        callback.succeeded();
    }
}
