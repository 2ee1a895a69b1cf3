package dev.pintle.store;

import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.Set;
import org.apache.tomcat.jdbc.pool.PoolExhaustedException;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Translates exceptions of the driver, JDBI and Flyway to one sentence with cause and remedy. */
final class DatabaseErrorTranslator {
    /** Read-only transaction, missing privilege, full disk. */
    private static final Set<String> READ_ONLY = Set.of("25006", "42501", "53100");

    private static final String LOCK_TIMEOUT = "55P03";

    private DatabaseErrorTranslator() {}

    /**
     * Translates a fault.
     *
     * @param fault thrown by the driver, or by a library that wraps what the driver throws
     */
    static StoreUnavailableException of(Exception fault) {
        if (fault instanceof FlywayException flyway
                && flyway.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
            return new StoreUnavailableException(
                    "Cannot migrate the database: its schema has the tables of another application ("
                            + firstSentence(fault)
                            + "); add ?currentSchema=pintle to the database URL, and Pintle creates"
                            + " that schema",
                    fault);
        }
        SQLException cause = innermost(fault);
        String sentence = cause == null ? firstSentence(fault) : reason(cause);
        return isReadOnly(fault)
                ? new StoreReadOnlyException("PostgreSQL refuses writes: " + sentence, fault)
                : new StoreUnavailableException("PostgreSQL is unavailable: " + sentence, fault);
    }

    /** Whether PostgreSQL answers but refuses writes. */
    static boolean isReadOnly(Exception fault) {
        SQLException cause = innermost(fault);
        return cause != null && READ_ONLY.contains(String.valueOf(cause.getSQLState()));
    }

    /** Whether a statement waited too long for a lock. */
    static boolean isLockTimeout(Exception fault) {
        SQLException cause = innermost(fault);
        return cause != null && LOCK_TIMEOUT.equals(cause.getSQLState());
    }

    private static String reason(SQLException fault) {
        if (fault instanceof PoolExhaustedException) {
            return "all connections of the pool are in use; raise database.maxConnections";
        }
        String sentence = firstSentence(fault);
        boolean namesCause = fault.getCause() instanceof ConnectException || !(fault.getCause() instanceof IOException);
        return sentence + (namesCause ? "" : " (" + fault.getCause() + ')') + advice(fault);
    }

    /** The remedy, by the SQLSTATE codes of PostgreSQL's appendix A. */
    private static String advice(SQLException fault) {
        return switch (String.valueOf(fault.getSQLState())) {
            case "28P01", "28000" -> "; correct database.user and database.password";
            case "3D000" -> "; create the database";
            case "42P01", "42703" ->
                "; bring the schema up to date with \"db migrate\", or name another schema in the database URL:"
                        + " ?currentSchema=NAME";
            case "42501" -> "; grant it to the user";
            case "53100" -> "; free disk space on the database server";
            case "25006" -> "; connect to the primary, or end the read-only mode of the database";
            case LOCK_TIMEOUT -> "; another session holds the lock for too long";
            default -> "";
        };
    }

    private static @Nullable SQLException innermost(Throwable fault) {
        SQLException found = null;
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                found = sql;
            }
        }
        return found;
    }

    private static String firstSentence(Exception fault) {
        String line = String.valueOf(fault.getMessage()).strip().split("\n", 2)[0];
        String sentence = line.split("\\. ", 2)[0];
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
