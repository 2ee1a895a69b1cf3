package dev.pintle.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.http.Body;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GrpcStatus;
import dev.pintle.http.Headers;
import dev.pintle.http.Identity;
import dev.pintle.testing.Exchanges;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The access log has one line per request, which no client can forge and which delays no request. */
class AccessLogTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant END = Instant.parse("2026-11-25T21:03:58.123Z");
    private static final ExchangeResult OK = new ExchangeResult(200, 5, 7, 12_345_678);
    private static final LogRedaction ALL =
            new LogRedaction(AccessLogConfiguration.ClientAddressPart.ADDRESS, Set.of("*"), new SecretParameters());

    private final Logger logger = (Logger) LoggerFactory.getLogger("access");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<AccessLog> logs = new ArrayList<>();
    private AsyncAppender queue;
    private AppenderBase<ILoggingEvent> slow;

    @BeforeEach
    void startABlockedAppenderWithAQueueOfFour() {
        slow = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                lines.add(event.getFormattedMessage());
            }
        };
        slow.setContext(logger.getLoggerContext());
        slow.start();
        queue = new AsyncAppender();
        queue.setContext(logger.getLoggerContext());
        queue.setQueueSize(4);
        queue.setDiscardingThreshold(0);
        queue.addAppender(slow);
        queue.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(queue);
    }

    @AfterEach
    void stopTheAppender() {
        gate.countDown();
        logs.forEach(AccessLog::close);
        logger.detachAppender(queue);
        logger.detachAppender(slow);
        queue.stop();
        logger.setAdditive(true);
    }

    private AccessLog log(String json) throws Exception {
        AccessLog log = new AccessLog(configuration(json), new SecretParameters(), () -> END);
        logs.add(log);
        return log;
    }

    private static Exchange exchange(String method, String path, String query) {
        GatewayRequest request = new GatewayRequest(method, "http", "gateway", path, query, Headers.EMPTY, Body.EMPTY);
        return Exchanges.get("/").with(request);
    }

    private static AccessLogConfiguration configuration(String json) throws Exception {
        return JSON.readerFor(AccessLogConfiguration.class).readValue(json);
    }

    private static JsonNode json(LogRedaction redaction, Exchange exchange) throws Exception {
        return JSON.readTree(new JsonAccessLogFormatter(redaction).of(exchange, OK, END));
    }

    private static String text(Exchange exchange) {
        return new TextAccessLogFormatter(ALL, ZoneOffset.UTC).of(exchange, OK, END);
    }

    @Test
    void aLineHasTheDocumentedFields() throws Exception {
        Exchange exchange = Exchanges.get("/users/1");
        exchange.context().attempt("http://10.0.0.7:5001");
        exchange.context().upstreamTook(10_000_000);
        exchange.context().failed(ErrorCode.UPSTREAM_RESET, "the response broke off");

        assertThat(new JsonAccessLogFormatter(ALL).of(exchange, OK, END)).isEqualTo("""
                {"time":"2026-11-25T21:03:58.123Z","traceId":"0af7651916cd43dd8448eb211c80319c","client":"127.0.0.1",\
                "method":"GET","path":"/users/1","route":"-","status":200,"code":"upstream-reset","detail":"the response broke off",\
                "bytesIn":5,"bytesOut":7,"durationMs":12.345,"attempts":1,"target":"http://10.0.0.7:5001","upstreamMs":10.0}""");
    }

    @Test
    void theReferenceListsEveryFieldAndNoOther() throws Exception {
        Exchange exchange = exchange("GET", "/users/1", "page=2");
        exchange.context().attempt("http://10.0.0.7:5001");
        exchange.context().failed(ErrorCode.UPSTREAM_RESET, "the response broke off");
        exchange.context().identified(new Identity("acme", Set.of(), Map.of()));
        exchange.context().tunnelEnded("client");
        exchange.context().grpcEnded(GrpcStatus.OK);
        String section = Files.readString(Path.of("docs/reference/logs-and-traces.md"))
                .split("## The access log\n", 2)[1]
                .split("\n## ", 2)[0];
        List<String> documented = Pattern.compile("(?m)^\\| (`[^|]*) \\|")
                .matcher(section)
                .results()
                .flatMap(row -> Stream.of(row.group(1).split(", ", -1)))
                .map(field -> field.replace("`", ""))
                .toList();

        assertThat(json(ALL, exchange).fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void theTextFormatIsASentence() {
        Exchange exchange = exchange("GET", "/users/1", "page=2");
        assertThat(text(exchange))
                .isEqualTo("21:03:58.123 200 GET /users/1?page=2 from 127.0.0.1 route -, 12 ms, in 5 B, out 7 B,"
                        + " trace 0af7651916cd43dd8448eb211c80319c");
        exchange.context().attempt("http://10.0.0.7:5001");
        exchange.context().failed(ErrorCode.UPSTREAM_RESET, "the response broke off");
        assertThat(text(exchange))
                .contains(" to http://10.0.0.7:5001 (1 attempt, 0 ms)")
                .endsWith(", upstream-reset: the response broke off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a\r\n{\"time\":\"forged\"}",
                "/a\n",
                "/a\u001b[2J\u0007",
                "/a\u0000\u007f\u0085",
                "/a\u202e/gpj.exe\u2066\u200f",
                "/a\u2028\u2029",
                "/\"},{\"b\\",
                "/\ud83d\ude00\ud800"
            })
    void clientDataCannotForgeALine(String path) throws Exception {
        Exchange exchange = exchange(path.substring(1), path, path);
        exchange.context().failed(ErrorCode.BAD_REQUEST, path);
        for (String line : List.of(new JsonAccessLogFormatter(ALL).of(exchange, OK, END), text(exchange))) {
            assertThat(line).matches("[ -~]+");
        }
        JsonNode json = json(ALL, exchange);
        assertThat(json.path("path").asText()).isEqualTo(path);
        assertThat(json.path("query").asText()).isEqualTo(path);
        assertThat(json.path("detail").asText()).isEqualTo(path);
        assertThat(json.path("status").asInt()).isEqualTo(200);
    }

    @Test
    void aPathLongerThanEightKibibytesIsTruncated() throws Exception {
        String path = "/" + "p".repeat((8 << 10) - 1);
        assertThat(json(ALL, exchange("GET", path, path)).path("path").asText()).isEqualTo(path);
        assertThat(json(ALL, exchange("GET", path + "q", path)).path("path").asText())
                .isEqualTo(path + "…");
        assertThat(json(ALL, exchange("M".repeat(30_000), path, null))
                        .path("method")
                        .asText())
                .hasSize(65);
    }

    @Test
    void aQueryIsLoggedOnlyWhenConfigured() throws Exception {
        Exchange exchange = exchange("GET", "/", "page=2&token=secret&%74oken=secret&flag&secret&=secret");
        assertThat(json(redaction("{}"), exchange).has("query")).isFalse();
        assertThat(json(redaction("{\"query\": [\"page\", \"flag\"]}"), exchange)
                        .path("query")
                        .asText())
                .isEqualTo("page=2&token=***&%74oken=***&flag&***&=***");
    }

    @Test
    void aCredentialInTheQueryIsNeverLogged() throws Exception {
        SecretParameters secrets = new SecretParameters();
        secrets.add("key");
        LogRedaction all = new LogRedaction(
                AccessLogConfiguration.ClientAddressPart.NONE, Set.of("*", "key", "access_token"), secrets);

        assertThat(json(all, exchange("GET", "/", "a=1&key=secret&%6Bey=secret&access_token=secret&monkey=2&key"))
                        .path("query")
                        .asText())
                .isEqualTo("a=1&key=***&%6Bey=***&access_token=***&monkey=2&***");
    }

    @Test
    void aClientAddressCanBeTruncatedOrOmitted() throws Exception {
        Exchange v4 = from("203.0.113.9");
        assertThat(json(redaction("{\"client\": \"NETWORK\"}"), v4)
                        .path("client")
                        .asText())
                .isEqualTo("203.0.113.0/24");
        assertThat(json(redaction("{\"client\": \"NETWORK\"}"), from("2001:db8:1:2::3"))
                        .path("client")
                        .asText())
                .isEqualTo("2001:db8:1::/48");
        assertThat(json(redaction("{\"client\": \"NONE\"}"), v4).has("client")).isFalse();
    }

    private static Exchange from(String address) {
        TimeBudget budget = new TimeBudget(Duration.ofSeconds(1), Ticker.SYSTEM);
        return Exchanges.of("GET", "/", Headers.EMPTY, Body.EMPTY, address, budget);
    }

    private static LogRedaction redaction(String json) throws Exception {
        AccessLogConfiguration configuration = configuration(json);
        return new LogRedaction(configuration.client(), configuration.query(), new SecretParameters());
    }

    @Test
    void failedRequestsAreLoggedRegardlessOfSampling() throws Exception {
        AccessLog log = log("{\"sample\": 0}");
        log.write(Exchanges.get("/fine"), OK);
        log.write(Exchanges.get("/upstream"), new ExchangeResult(500, 0, 0, 1));
        Exchange refused = Exchanges.get("/refused");
        refused.context().failed(ErrorCode.RATE_LIMITED, "the budget is exhausted");
        log.write(refused, new ExchangeResult(429, 0, 0, 1));
        assertThat(written(2)).noneMatch(line -> line.contains("/fine"));
    }

    @Test
    void samplingByTheTraceIdSelectsTheSameRequestsOnAllNodes() throws Exception {
        // The trace id of the tests ends in 8eb211c80319c: 0.557 of the range.
        log("{\"sample\": 0.55}").write(Exchanges.get("/out"), OK);
        log("{\"sample\": 0.56}").write(Exchanges.get("/in"), OK);
        assertThat(written(1)).singleElement().asString().contains("/in");
    }

    @Test
    void linesBeyondTheQueueAreDroppedAndCountedWithoutBlocking() throws Exception {
        AccessLog log = log("{}");
        int all = AsyncLogQueue.MAX_LINES + 4 + 1_000;
        for (int i = 0; i < all; i++) {
            log.write(Exchanges.get("/" + i), OK);
        }
        long dropped = log.dropped();
        // The thread of the log holds at most one line.
        assertThat(dropped).isBetween(999L, 1_000L);
        assertThat(written(all - (int) dropped)).allMatch(line -> line.endsWith("}"));
    }

    @Test
    void queuedLinesCountInBytesUntilTheyAreWritten() {
        String line = "l".repeat(8 << 10);
        try (AsyncLogQueue bounded = new AsyncLogQueue(logger, 100_000)) {
            for (int i = 0; i < 1_000; i++) {
                bounded.put(line);
            }
            assertThat(bounded.dropped()).isEqualTo(1_000 - 100_000 / (line.length() + 256));
            long written = 1_000 - bounded.dropped();
            gate.countDown();
            await().until(() -> lines.size() == written);
            await().until(() -> {
                long before = bounded.dropped();
                bounded.put(line);
                return bounded.dropped() == before;
            });
        }
    }

    @Test
    void probesHaveALineOnlyWhenTheirStatusChanges() throws Exception {
        AccessLog log = log("{}");
        ExchangeResult stopping = new ExchangeResult(503, 0, 0, 1);
        for (ExchangeResult result : List.of(OK, OK, OK, stopping, stopping, OK)) {
            log.write(Exchanges.get("/__ready"), result);
            log.write(Exchanges.get("/__health"), OK);
        }
        Exchange refused = Exchanges.get("/__ready");
        refused.context().failed(ErrorCode.UNSUPPORTED, "this path takes GET and HEAD");
        log.write(refused, new ExchangeResult(405, 0, 0, 1));
        assertThat(written(5).stream().filter(line -> line.contains("/__health")))
                .hasSize(1);
    }

    /** Releases the appender and returns this many written lines. */
    private List<String> written(int count) {
        gate.countDown();
        await().until(() -> lines.size() >= count);
        assertThat(lines).hasSize(count);
        return lines;
    }
}
