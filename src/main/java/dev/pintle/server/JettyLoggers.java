package dev.pintle.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Turns off the loggers of Jetty that print client bytes for each request. The gateway answers and logs these requests
 * itself.
 */
final class JettyLoggers {
    private static final List<String> OF_CLIENTS =
            List.of("org.eclipse.jetty.util.HostPort", "org.eclipse.jetty.http.HttpParser");

    private JettyLoggers() {}

    static void silence() {
        for (String name : OF_CLIENTS) {
            if (LoggerFactory.getLogger(name) instanceof Logger logger) {
                logger.setLevel(Level.OFF);
            }
        }
    }
}
