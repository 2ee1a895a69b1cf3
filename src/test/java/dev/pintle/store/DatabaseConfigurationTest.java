package dev.pintle.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import io.dropwizard.db.DataSourceFactory;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The block {@code database} accepts the common forms of URLs and credentials. */
class DatabaseConfigurationTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "jdbc:postgresql://db:5433/pintle, db:5433/pintle, ,",
                "postgres://db/pintle, db/pintle, ,",
                "postgresql://ada@db:5433/pintle, db:5433/pintle, ada,",
                "postgres://ada:pw@db:5433/pintle?sslmode=require, db:5433/pintle, ada, pw",
                "postgres://ada:p%40ss%2Fw%25+d@[::1]:5433/pintle, [::1]:5433/pintle, ada, p@ss/w%+d",
                "postgres://ada:p@ss:w@db/pintle, db/pintle, ada, p@ss:w",
                "jdbc:postgresql://ada:pw@one:5432/pintle, one:5432/pintle, ada, pw",
            })
    void theUrlProvidesAddressAndCredentials(String url, String place, String user, String password) {
        DataSourceFactory pool = new DatabaseConfiguration().withUrl(url).pool();

        assertThat(new DatabaseConfiguration().withUrl(url).place()).isEqualTo(place);
        assertThat(pool.getUrl()).startsWith("jdbc:postgresql://" + place + '?');
        assertThat(pool.getUser()).isEqualTo(user);
        assertThat(pool.getPassword()).isEqualTo(password);
    }

    @Test
    void theUrlMayNameSeveralHosts() {
        String url = "postgres://ada:pw@one:5432,two:5433/pintle?target_session_attrs=primary";

        PGSimpleDataSource listening =
                (PGSimpleDataSource) new DatabaseConfiguration().withUrl(url).listening();

        assertThat(listening.getServerNames()).containsExactly("one", "two");
        assertThat(listening.getPortNumbers()).containsExactly(5432, 5433);
        assertThat(listening.getTargetServerType()).isEqualTo("primary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://ada:hunter2@db/pintle",
                "db:5432/pintle?password=hunter2",
                "postgres://ada:hunter2@db:port/pintle",
                "postgres://ada:hunter2%zz@db/pintle",
                "postgres:/ada:hunter2@db",
            })
    void anInvalidUrlIsRefusedWithoutQuotingItsPassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DatabaseConfiguration().withUrl(url).pool())
                .withMessageStartingWith("database.url must have the form ")
                .withMessageNotContaining("hunter2");
    }

    @Test
    void configuredCredentialsOverrideThoseOfTheUrl() throws Exception {
        DatabaseConfiguration configuration = read("""
                {"url": "postgres://ada:pw@db/pintle", "user": "bob", "password": "secret", "maxConnections": 3,
                 "migrateOnStart": false, "listenUrl": "postgres://direct/pintle"}""");

        assertThat(configuration.pool().getUser()).isEqualTo("bob");
        assertThat(configuration.pool().getPassword()).isEqualTo("secret");
        assertThat(configuration.pool().getMaxSize()).isEqualTo(3);
        assertThat(configuration.migratesOnStart()).isFalse();
        PGSimpleDataSource listening = (PGSimpleDataSource) configuration.listening();
        assertThat(listening.getServerNames()).containsExactly("direct");
        assertThat(listening.getUser()).isEqualTo("bob");
        assertThat(listening.getPassword()).isEqualTo("secret");
    }

    @Test
    void aBlankValueCountsAsAbsent() throws Exception {
        assertThat(read("{\"url\": \"\"}").isGiven()).isFalse();
        assertThat(read("{}").isGiven()).isFalse();
        assertThat(read("{\"url\": \"postgres://db/x\", \"listenUrl\": \"\", \"user\": \"\"}")
                        .isGiven())
                .isTrue();
        assertThat(read("{\"url\": \"postgres://ada@db/x\", \"listenUrl\": \" \", \"user\": \"\"}")
                        .pool()
                        .getUser())
                .isEqualTo("ada");
    }

    @Test
    void thePoolStartsEmptySoThatANodeStartsWithoutPostgres() {
        DataSourceFactory pool =
                new DatabaseConfiguration().withUrl("postgres://db/pintle").pool();

        assertThat(pool.getInitialSize()).isZero();
        assertThat(pool.getMinSize()).isZero();
        assertThat(pool.getMaxSize()).isEqualTo(8);
    }

    @Test
    void parametersOfTheUrlOverrideTheDefaults() throws Exception {
        TestDatabase database = TestPostgres.newDatabase();
        DatabaseConfiguration configuration = new DatabaseConfiguration()
                .withUrl(database.url().replace("jdbc:", "") + "&application_name=of%20ours");

        try (Connection connection = configuration.listening().getConnection()) {
            assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("of ours");
        }
    }

    private static DatabaseConfiguration read(String json) throws Exception {
        return new ObjectMapper().readValue(json, DatabaseConfiguration.class);
    }
}
