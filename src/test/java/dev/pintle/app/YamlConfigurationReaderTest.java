package dev.pintle.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.pintle.redis.RedisUri;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.jetty.HttpConnectorFactory;
import jakarta.validation.Validator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader resolves environment variables in config.yml. */
class YamlConfigurationReaderTest {
    private static final Path SHIPPED = Path.of("config.yml");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):-}");

    private static final Validator VALIDATOR = Validators.newValidator();
    private static final ObjectMapper MAPPER = Jackson.newObjectMapper();

    @TempDir
    private Path folder;

    /** Returns each printable ASCII character between letters, and all of them together. */
    private static List<String> secrets() {
        Stream<String> around =
                printable().map(character -> character + "01234567" + character + character + "89" + character);
        return Stream.concat(around, Stream.of(printable().collect(Collectors.joining())))
                .toList();
    }

    private static Stream<String> printable() {
        return IntStream.rangeClosed(' ', '~').mapToObj(Character::toString);
    }

    @Test
    void everyCharacterOfASecretIsReadLiterally() throws Exception {
        JsonNode shipped = new ObjectMapper(new YAMLFactory()).readTree(SHIPPED.toFile());
        Map<String, String> keys = new HashMap<>();
        collectVariables(shipped, "", keys);
        assertThat(keys)
                .containsEntry("PINTLE_ADMIN_TOKEN", "/adminToken")
                .containsKeys("DATABASE_URL", "DATABASE_USER", "DATABASE_PASSWORD", "DATABASE_LISTEN_URL", "REDIS_URL")
                .containsKey("OTEL_EXPORTER_OTLP_HEADERS");

        for (String secret : secrets()) {
            JsonNode resolved = ResolvedConfiguration.of(shipped, name -> keys.containsKey(name) ? secret : null)
                    .tree();

            assertThat(keys.values())
                    .allSatisfy(key -> assertThat(resolved.at(key).textValue()).isEqualTo(secret));
        }
    }

    /** Collects every variable that is a whole value without a default, as those of secrets are, with its pointer. */
    private static void collectVariables(JsonNode node, String pointer, Map<String, String> keys) {
        Matcher variable = VARIABLE.matcher(node.asText());
        if (variable.matches()) {
            keys.put(variable.group(1), pointer);
        }
        node.properties()
                .forEach(property -> collectVariables(property.getValue(), pointer + '/' + property.getKey(), keys));
    }

    @Test
    void thePartsOfUrlsAreReadLiterally() throws Exception {
        String secret = printable().collect(Collectors.joining());
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20");
        String userInfo = encoded + ":" + encoded + "@";

        PintleConfiguration configuration = read(
                SHIPPED,
                Map.of(
                        "DATABASE_URL", "postgres://" + userInfo + "db/" + encoded,
                        "REDIS_URL", "redis://" + userInfo + "redis"));

        DataSourceFactory pool = configuration.database().pool();
        assertThat(pool.getUser()).isEqualTo(secret);
        assertThat(pool.getPassword()).isEqualTo(secret);
        assertThat(pool.getUrl()).contains("/" + encoded + "?");
        RedisUri redis = configuration.rateLimits().redis();
        assertThat(redis).isNotNull();
        assertThat(redis.user()).isEqualTo(secret);
        assertThat(redis.password()).isEqualTo(secret);
    }

    /** A URL with characters that need no percent-encoding but have a meaning in YAML. */
    @Test
    void aUrlNeedsNoEscapingForYaml() throws Exception {
        String password = "#'\"{}[]&*!|>`$\\,=+-_.~^:;<()";

        assertThat(read(SHIPPED, Map.of("DATABASE_URL", "postgres://ada:" + password + "@db/pintle"))
                        .database()
                        .pool()
                        .getPassword())
                .isEqualTo(password);
    }

    @Test
    void credentialsKeepTheirSpaces() throws Exception {
        DataSourceFactory pool = read(
                        SHIPPED,
                        Map.of("DATABASE_URL", "postgres://db/x", "DATABASE_USER", " ada ", "DATABASE_PASSWORD", " "))
                .database()
                .pool();

        assertThat(pool.getUser()).isEqualTo(" ada ");
        assertThat(pool.getPassword()).isEqualTo(" ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00123456789012345678",
                "1e1000000000000000000",
                "0x1234567890abcdef",
                "2026-01-01T00:00:00Z",
                "${PINTLE_DATA:-nothing}",
                "$${PINTLE_ADMIN_TOKEN}",
                "{sixteen:characters}",
                "[a,b,c,d,e,f,g,h,i,j]",
            })
    void aTokenThatLooksLikeAnotherYamlTypeIsText(String token) throws Exception {
        assertThat(read(SHIPPED, Map.of("PINTLE_ADMIN_TOKEN", token)).adminToken())
                .isEqualTo(token);
    }

    @Test
    void anEmptyValueOmitsItsKey() throws Exception {
        PintleConfiguration unset = read(SHIPPED, Map.of());
        PintleConfiguration empty = read(
                SHIPPED,
                Map.of(
                        "PINTLE_ADMIN_TOKEN",
                        "",
                        "PINTLE_DATA",
                        "",
                        "DATABASE_URL",
                        "",
                        "GATEWAY_PORT",
                        "",
                        "MAX_REQUESTS",
                        ""));

        for (PintleConfiguration configuration : List.of(unset, empty)) {
            assertThat(configuration.adminToken()).isEmpty();
            assertThat(configuration.dataDirectory()).isEqualTo(Path.of(".data"));
            assertThat(configuration.database().isGiven()).isFalse();
            assertThat(configuration.introspection().peers().contains("127.0.0.1"))
                    .isFalse();
            assertThat(configuration.shutdownDelay().toSeconds()).isEqualTo(5);
            assertThat(gateway(configuration).getPort()).isEqualTo(8080);
            assertThat(gateway(configuration).getBindHost()).isNull();
        }
    }

    @Test
    void numbersAndListsAreReadFromText() throws Exception {
        PintleConfiguration configuration = read(
                SHIPPED,
                Map.of(
                        "GATEWAY_PORT", "18080",
                        "GATEWAY_HOST", "::1",
                        "MAX_REQUESTS", "77",
                        "SHUTDOWN_DELAY", "250ms",
                        "DATABASE_MIGRATE_ON_START", "false",
                        "TRACING_RATIO", "0.25",
                        "PINTLE_DATA", "/srv/pin:tle #1",
                        "INTROSPECTION_ALLOW", " 127.0.0.0/8, ::1,,10.1.2.3 "));

        assertThat(gateway(configuration).getPort()).isEqualTo(18080);
        assertThat(gateway(configuration).getBindHost()).isEqualTo("::1");
        assertThat(configuration.maxRequests()).isEqualTo(77);
        assertThat(configuration.shutdownDelay().toMilliseconds()).isEqualTo(250);
        assertThat(configuration.database().migratesOnStart()).isFalse();
        assertThat(configuration.tracing().ratio()).isEqualTo(0.25);
        assertThat(configuration.dataDirectory()).isEqualTo(Path.of("/srv/pin:tle #1"));
        assertThat(List.of("127.0.0.1", "::1", "10.1.2.3"))
                .allMatch(configuration.introspection().peers()::contains);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "adminToken: ${TOKEN} | a token from elsewhere",
                "adminToken: \"${TOKEN}\" | a token from elsewhere",
                "adminToken: <${TOKEN}/${OTHER:-x}> | <a token from elsewhere/x>",
                "adminToken: \"${OTHER:-a: b}\" | a: b",
                "adminToken: \"${OTHER:-#}{TOKEN}\" | #{TOKEN}",
                "adminToken: $${TOKEN} | ${TOKEN}",
                "adminToken: $TOKEN | $TOKEN",
                "adminToken: \"${OTHER:-${TOKEN}}\" | a token from elsewhere",
                "adminToken: \"${OTHER:-<${ANOTHER:-${TOKEN:-x}}>}\" | <a token from elsewhere>",
                "adminToken: \"${TOKEN:-${OTHER}}\" | a token from elsewhere",
                "adminToken: \"${OTHER:-$${TOKEN}\" | ${TOKEN",
                "adminToken: \"${TOKEN}}\" | a token from elsewhere}",
                "adminToken: a#b$ | a#b$",
            })
    void aReferenceMayBeAnywhereInAText(String line, String token) throws Exception {
        assertThat(read(file(line), Map.of("TOKEN", "a token from elsewhere")).adminToken())
                .isEqualTo(token);
    }

    @Test
    void referencesInCommentsAreIgnored() throws Exception {
        assertThat(read(file("maxRequests: 5 # ${NOWHERE} ${"), Map.of()).adminToken())
                .isEmpty();
    }

    @Test
    void allMissingVariablesAreReportedWithTheirKeys() throws Exception {
        Path file = file("adminToken: ${TOKEN}\ndatabase:\n  password: ${PASSWORD}\ntrustedProxies:\n  - ${PROXY}\n");

        assertThat(error(file, Map.of("PASSWORD", "hunter2")))
                .contains(
                        "adminToken: the environment variable TOKEN is not set; set it, or write ${TOKEN:-default}.",
                        "trustedProxies[0]: the environment variable PROXY")
                .doesNotContain("PASSWORD", "hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${}",
                "${",
                "${1TOKEN}",
                "${TOKEN:default}",
                "${TOKEN",
                "${TOKEN:-x",
                "${a.b}",
                "${TOKEN:-${OTHER:-x}",
                "${TOKEN:-${}}"
            })
    void aMalformedReferenceIsRefusedWithItsKey(String text) throws Exception {
        assertThat(error(file("adminToken: '" + text + "'"), Map.of("TOKEN", "hunter2")))
                .contains("adminToken: \"${\" must start a reference such as ${NAME}")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GATEWAY_PORT | GATEWAY_PORT (server.applicationConnectors[0].port) must be a whole number.",
                "MAX_REQUESTS | MAX_REQUESTS (maxRequests) must be a whole number.",
                "SHUTDOWN_DELAY | SHUTDOWN_DELAY (shutdownDelay) must be a duration such as 5s or 500ms.",
                "DATABASE_MIGRATE_ON_START | DATABASE_MIGRATE_ON_START (database.migrateOnStart) must be true or false.",
                "TRACING_RATIO | TRACING_RATIO (tracing.ratio) must be a number.",
                "ACCESS_LOG_FORMAT | ACCESS_LOG_FORMAT (accessLog.format) must be one of json, text.",
                "SHUTDOWN_GRACE | SHUTDOWN_GRACE (server.shutdownGracePeriod) must be a duration such as 5s or 500ms.",
            })
    void anInvalidValueIsRefusedByItsVariableWithoutQuotingIt(String variable, String sentence) throws Exception {
        assertThat(error(SHIPPED, Map.of(variable, "hunter2")))
                .contains(sentence)
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "adminToken: [hunter2] | adminToken must be a text.",
                "trustedProxies: {a: hunter2} | trustedProxies must be a list.",
                "upstreamMaxResponseHeaderSize: hunter2 | upstreamMaxResponseHeaderSize must be a size such as 32KiB.",
                "tracing: {ratio: hunter2} | tracing.ratio must be a number.",
                "tracing: {endUser: hunter2} | tracing.endUser must be true or false.",
                "history: {keep: hunter2} | history.keep must be a whole number.",
                "clientCertificates: hunter2 | clientCertificates must be a block of keys.",
                "database: [hunter2] | database must be a block of keys.",
                "server: {type: gateway, applicationConnectors: [{type: hunter2}]} | server.applicationConnectors[0] must be one of the types in docs/reference/configuration.md.",
                "adminTokens: [{name: [hunter2]}] | adminTokens[0].name must be a text.",
            })
    void aValueOfAnotherTypeIsRefusedByItsKeyWithTheExpectedType(String text, String sentence) throws Exception {
        assertThat(error(file(text), Map.of())).contains(sentence).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adminToken: {hunter2: [}",
                "adminToken: \"hunter2",
                "adminToken: @hunter2",
                "adminToken: a: hunter2",
                "adminToken: ok\n\tdatabase: hunter2",
                "adminToken: [hunter2]",
                "adminToken: {a: hunter2}",
                "server: hunter2",
                "database: [hunter2]",
                "maxRequests: hunter2",
                "trustedProxies: {a: hunter2}",
                "hunter2",
            })
    void noErrorQuotesAValue(String text) throws Exception {
        assertThat(error(file(text), Map.of())).doesNotContain("hunter2");
    }

    @Test
    void anUnquotedReferenceBetweenBracketsIsReported() throws Exception {
        assertThat(error(file("trustedProxies: [${PROXY}]"), Map.of("PROXY", "10.0.0.1")))
                .contains("at line 1", "in quotes");
        assertThat(read(file("trustedProxies: ['${PROXY}', '${OTHER:-}']"), Map.of("PROXY", "10.0.0.1"))
                        .trustedProxies())
                .containsExactly("10.0.0.1");
    }

    @Test
    void anUnknownKeyIsReportedWithSimilarOnes() throws Exception {
        assertThat(error(file("maxRequest: 5"), Map.of())).contains("maxRequest", "maxRequests");
    }

    @Test
    void aMissingFileIsReportedByName() {
        assertThat(error(folder.resolve("nowhere.yml"), Map.of())).contains("nowhere.yml", "does not exist");
    }

    private static HttpConnectorFactory gateway(PintleConfiguration configuration) {
        return (HttpConnectorFactory)
                configuration.server().getApplicationConnectors().getFirst();
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("config.yml"), text);
    }

    private static String error(Path file, Map<String, String> environment) {
        Throwable error = catchThrowable(() -> read(file, environment));
        assertThat(error).isNotNull();
        return error.getMessage();
    }

    private static PintleConfiguration read(Path file, Map<String, String> environment) throws Exception {
        return new YamlConfigurationReader<>(
                        PintleConfiguration.class, VALIDATOR, MAPPER, "pintle-test", environment::get)
                .build(new FileConfigurationSourceProvider(), file.toString());
    }
}
