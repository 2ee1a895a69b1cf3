package dev.pintle.store;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs Flyway's warnings only. The caller reports the exceptions that Flyway throws. */
final class FlywayLogAdapter implements Log {
    private final Logger logger;

    private FlywayLogAdapter(Logger logger) {
        this.logger = logger;
    }

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void notice(String message) {}

    @Override
    public void warn(String message) {
        logger.warn("{}", message);
    }

    @Override
    public void error(String message) {
        logger.debug("{}", message);
    }

    @Override
    public void error(String message, Exception cause) {
        logger.debug("{}", message);
    }

    /** Flyway instantiates this class by its name. */
    public static final class Creator implements LogCreator {
        @Override
        public Log createLogger(Class<?> user) {
            return new FlywayLogAdapter(LoggerFactory.getLogger(user));
        }
    }
}
