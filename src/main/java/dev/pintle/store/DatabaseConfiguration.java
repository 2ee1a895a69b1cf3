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
 * The block {@code database} of config.yml. A blank value counts as absent, so that every key can come from an unset
 * environment variable.
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

    /** Returns this configuration with another database and without a separate URL for direct connections. */
    public DatabaseConfiguration withUrl(String other) {
        DatabaseConfiguration copy = new DatabaseConfiguration();
        copy.url = other;
        copy.user = user;
        copy.password = password;
        copy.migrateOnStart = migrateOnStart;
        copy.maxConnections = maxConnections;
        return copy;
    }

    /** Whether a database URL is configured. */
    public boolean isGiven() {
        return !text(url).isEmpty();
    }

    public boolean migratesOnStart() {
        return migrateOnStart;
    }

    /**
     * Returns host, port and database for messages, without user and password.
     *
     * @throws IllegalArgumentException when the URL cannot be read
     */
    public String place() {
        return pooled().place();
    }

    /**
     * Creates the pool for {@link ConfigurationStore}. It starts empty, so that a node starts while PostgreSQL is
     * unavailable. It validates a connection before lending it, so that a restart of PostgreSQL fails no call.
     *
     * @throws IllegalArgumentException when a URL cannot be read; the message is for the operator and contains no
     *     password
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
        // Without a query the pool calls Connection.isValid, which has a timeout. A query would be canceled over the
        // same dead connection.
        pool.setValidationQuery(null);
        pool.setLogValidationErrors(false);
        return pool;
    }

    /**
     * Creates direct connections for {@link RevisionNotifications}, bypassing any pooler.
     *
     * @throws IllegalArgumentException as {@link #pool()}
     */
    public DataSource listening() {
        return direct(STATEMENT_SECONDS);
    }

    /**
     * Creates direct connections for {@link Migrations}, bypassing any pooler, with a timeout for long statements.
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
        // Null would override the parameters of the URL.
        Optional.ofNullable(user(at)).ifPresent(direct::setUser);
        Optional.ofNullable(password(at)).ifPresent(direct::setPassword);
        return direct;
    }

    private DatabaseUrl pooled() {
        return DatabaseUrl.parse("database.url", text(url));
    }

    /** Disables server-side prepared statements: a pooler may send the next statement to another connection. */
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
