package dev.pintle.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Disables the loggers of Jetty that print client bytes for each request. The gateway answers and logs these requests.
 * Delete this class when {@code JettyDefectsTest} shows that Jetty prints none.
 */
final class JettyLoggers {
    private static final List<String> LOGGERS_OF_CLIENT_BYTES =
            List.of("org.eclipse.jetty.util.HostPort", "org.eclipse.jetty.http.HttpParser");

    private JettyLoggers() {}

    static void silence() {
        for (String name : LOGGERS_OF_CLIENT_BYTES) {
            if (LoggerFactory.getLogger(name) instanceof Logger logger) {
                logger.setLevel(Level.OFF);
            }
        }
    }
}
