package dev.pintle.testing;

import com.codahale.metrics.MetricRegistry;
import dev.pintle.store.DatabaseConfiguration;
import dev.pintle.store.Migrations;
import dev.pintle.store.StoreUnavailableException;
import io.dropwizard.db.ManagedDataSource;

/** One database of the test server, on the port that leads to it. */
public record TestDatabase(String name, int port, String user) {
    public TestDatabase(String name, int port) {
        this(name, port, "postgres");
    }

    /** The same database over another way, such as a {@link FlakyTcpProxy}. */
    public TestDatabase through(int otherPort) {
        return new TestDatabase(name, otherPort, user);
    }

    /** The same database for another user of PostgreSQL. */
    public TestDatabase as(String otherUser) {
        return new TestDatabase(name, port, otherUser);
    }

    public String url() {
        return "jdbc:postgresql://localhost:" + port + '/' + name + "?user=" + user;
    }

    public DatabaseConfiguration configuration() {
        return new DatabaseConfiguration().withUrl(url());
    }

    /** A pool as the product makes it; close it with {@code stop()}. */
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
