package dev.pintle.testing;

import com.codahale.metrics.MetricRegistry;
import dev.pintle.store.DatabaseConfiguration;
import dev.pintle.store.Migrations;
import dev.pintle.store.StoreUnavailableException;
import io.dropwizard.db.ManagedDataSource;

/** A database of the test server, with the port that leads to it. */
public record TestDatabase(String name, int port, String user) {
    public TestDatabase(String name, int port) {
        this(name, port, "postgres");
    }

    /** Returns the same database through another port, such as that of a {@link FlakyTcpProxy}. */
    public TestDatabase through(int otherPort) {
        return new TestDatabase(name, otherPort, user);
    }

    /** Returns the same database for another PostgreSQL user. */
    public TestDatabase as(String otherUser) {
        return new TestDatabase(name, port, otherUser);
    }

    public String url() {
        return "jdbc:postgresql://localhost:" + port + '/' + name + "?user=" + user;
    }

    public DatabaseConfiguration configuration() {
        return new DatabaseConfiguration().withUrl(url());
    }

    /** Creates a connection pool like that of a node; close it with {@code stop()}. */
    public ManagedDataSource pool() {
        return configuration().pool().build(new MetricRegistry(), name);
    }

    public TestDatabase migrated() {
        try {
            new Migrations(configuration().migrating()).apply();
            return this;
        } catch (StoreUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }
}
