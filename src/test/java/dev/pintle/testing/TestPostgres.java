package dev.pintle.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL for tests, one per JVM, started on first use and stopped with the JVM. */
public final class TestPostgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    /** Creates an empty database. */
    public static TestDatabase newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        execute("create database " + name);
        return new TestDatabase(name, Server.RUNNING.getPort());
    }

    /** Creates a database with the schema of this version, as a copy of one that was migrated once. */
    public static TestDatabase migratedDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        execute("create database " + name + " template " + Template.MIGRATED.name() + " strategy file_copy");
        return new TestDatabase(name, Server.RUNNING.getPort());
    }

    /** Runs a statement as the superuser in the database {@code postgres}. */
    public static void execute(String sql) {
        try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Migrated on first use. */
    private static final class Template {
        static final TestDatabase MIGRATED = newDatabase().migrated();
    }

    /** Started on first use. */
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("autovacuum", "off")
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL does not start", e);
            }
        }
    }
}
