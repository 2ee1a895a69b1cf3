package dev.pintle.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a driver or library throws when PostgreSQL cannot serve, said in one sentence. The only place that knows them. */
final class Outage {
    private static final String SCHEMA = "; bring its schema up to date with \"db migrate\"";

    private Outage() {}

    /** @param fault thrown by the driver, or by a library that wraps what the driver throws */
    static StoreUnavailableException of(Exception fault) {
        SQLException cause = sqlException(fault);
        String sentence = cause == null ? firstLine(fault) : firstLine(cause) + advice(cause);
        return new StoreUnavailableException("PostgreSQL cannot serve: " + sentence, fault);
    }

    private static String advice(SQLException fault) {
        return switch (String.valueOf(fault.getSQLState())) {
            case "28P01", "28000" -> "; check user and password";
            case "3D000" -> "; create the database first";
            case "42P01", "42703" -> SCHEMA;
            case "55P03" -> "; another writer holds the lock on the latest revision";
            case "25006" -> "; this is a standby, connect to the primary";
            default -> "";
        };
    }

    private static @Nullable SQLException sqlException(Throwable fault) {
        @Nullable SQLException found = null;
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                found = sql;
            }
        }
        return found;
    }

    private static String firstLine(Exception fault) {
        return String.valueOf(fault.getMessage()).lines().findFirst().orElse("").strip();
    }
}
