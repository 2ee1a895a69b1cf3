package dev.pintle.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The block {@code database} of config.yml. A blank text is an absent one, so that every key can be an environment variable
 * that may be unset.
 */
public final class DatabaseConfiguration {
    private static final int STATEMENT_SECONDS = 5;
    /** A migration may rewrite a table. */
    private static final int MIGRATION_SECONDS = 600;

    @JsonProperty
    private @Nullable String url;

    @JsonProperty
    private @Nullable String listenUrl;

    @JsonProperty
    private @Nullable String user;

    @JsonProperty
    private @Nullable String password;

    @JsonProperty
    private boolean migrateOnStart = true;

    @Min(1)
    @JsonProperty
    private int maxConnections = 8;

    /** This configuration with another database, reached directly. */
    public DatabaseConfiguration withUrl(String other) {
        DatabaseConfiguration copy = new DatabaseConfiguration();
        copy.url = other;
        copy.user = user;
        copy.password = password;
        copy.migrateOnStart = migrateOnStart;
        copy.maxConnections = maxConnections;
        return copy;
    }

    /** Whether a database is named at all. */
    public boolean isGiven() {
        return !text(url).isEmpty();
    }

    public boolean migratesOnStart() {
        return migrateOnStart;
    }

    /**
     * Host, port and database, for people to read: never user or password.
     *
     * @throws IllegalArgumentException when the URL cannot be read
     */
    public String place() {
        return pooled().place();
    }

    /**
     * The pool for {@link ConfigurationStore}. It begins empty, so that a node starts while PostgreSQL is away, and asks for a
     * connection's health before it lends it, so that a restart of PostgreSQL fails no call.
     *
     * @throws IllegalArgumentException when a URL cannot be read; the message is for the operator and holds no password
     */
    public DataSourceFactory pool() {
        DatabaseUrl at = pooled();
        DataSourceFactory pool = new DataSourceFactory();
        pool.setDriverClass("org.postgresql.Driver");
        pool.setUrl(at.jdbc(presets(STATEMENT_SECONDS)));
        pool.setUser(user(at));
        pool.setPassword(password(at));
        pool.setInitialSize(0);
        pool.setMinSize(0);
        pool.setMaxSize(maxConnections);
        pool.setMaxWaitForConnection(Duration.seconds(3));
        pool.setCheckConnectionOnBorrow(true);
        pool.setValidationInterval(Duration.milliseconds(0));
        pool.setValidationQueryTimeout(Duration.seconds(1));
        // Without a query the driver is asked, which gives up in time; a query would be cancelled over the line that is
        // dead.
        pool.setValidationQuery(null);
        pool.setLogValidationErrors(false);
        return pool;
    }

    /**
     * Connections of their own for {@link RevisionNotifications}, past any pooler.
     *
     * @throws IllegalArgumentException as {@link #pool()}
     */
    public DataSource listening() {
        return direct(STATEMENT_SECONDS);
    }

    /**
     * Connections of their own for {@link Migrations}, past any pooler, patient with long statements.
     *
     * @throws IllegalArgumentException as {@link #pool()}
     */
    public DataSource migrating() {
        return direct(MIGRATION_SECONDS);
    }

    private DataSource direct(int statementSeconds) {
        String own = text(listenUrl);
        DatabaseUrl at = own.isEmpty() ? pooled() : DatabaseUrl.parse("database.listenUrl", own);
        PGSimpleDataSource direct = new PGSimpleDataSource();
        direct.setURL(at.jdbc(presets(statementSeconds)));
        // Null would take away what the URL's parameters say.
        Optional.ofNullable(user(at)).ifPresent(direct::setUser);
        Optional.ofNullable(password(at)).ifPresent(direct::setPassword);
        return direct;
    }

    private DatabaseUrl pooled() {
        return DatabaseUrl.parse("database.url", text(url));
    }

    /** No statement is prepared on the server: a pooler may hand the next one to another connection. */
    private static String presets(int statementSeconds) {
        return "ApplicationName=pintle&prepareThreshold=0&tcpKeepAlive=true&connectTimeout=2&loginTimeout=3&socketTimeout="
                + statementSeconds;
    }

    private @Nullable String user(DatabaseUrl at) {
        return user == null || user.isEmpty() ? at.user() : user;
    }

    private @Nullable String password(DatabaseUrl at) {
        return password == null || password.isEmpty() ? at.password() : password;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
