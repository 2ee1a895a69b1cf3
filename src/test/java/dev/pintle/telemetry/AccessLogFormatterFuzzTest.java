package dev.pintle.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pintle.http.Body;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.Headers;
import dev.pintle.testing.Exchanges;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** For any request of a client, the log has one line with its exact values. */
class AccessLogFormatterFuzzTest {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();
    private static final Instant END = Instant.parse("2026-11-25T21:03:58.123Z");
    private static final ExchangeResult OUTCOME = new ExchangeResult(400, 5, 7, 12_345_678);
    private static final LogRedaction ALL =
            new LogRedaction(AccessLogConfiguration.ClientAddressPart.ADDRESS, Set.of("*"), new SecretParameters());

    @Property
    void aJsonLineIsOneObjectWithTheSentValues(
            @ForAll("texts") String method, @ForAll("texts") String path, @ForAll("texts") String detail)
            throws JsonProcessingException {
        Exchange exchange = exchange(method, path, detail);
        String line = new JsonAccessLogFormatter(ALL).of(exchange, OUTCOME, END);
        assertThat(line).matches("[ -~]+");
        JsonNode output = JSON.readTree(line);
        assertThat(output.path("method").textValue()).isEqualTo(ALL.method(exchange));
        assertThat(output.path("path").textValue()).isEqualTo(ALL.path(exchange));
        assertThat(output.path("detail").textValue()).isEqualTo(ALL.detail(exchange));
        assertThat(output.path("status").intValue()).isEqualTo(400);
    }

    @Property
    void aTextLineIsOneLineOfVisibleCharacters(
            @ForAll("texts") String method, @ForAll("texts") String path, @ForAll("texts") String detail) {
        assertThat(new TextAccessLogFormatter(ALL, ZoneOffset.UTC).of(exchange(method, path, detail), OUTCOME, END))
                .matches("[ -~]+");
    }

    private static Exchange exchange(String method, String path, String detail) {
        Exchange exchange = Exchanges.of(
                method,
                path,
                Headers.EMPTY,
                Body.EMPTY,
                "192.0.2.1",
                new TimeBudget(Duration.ofSeconds(1), Ticker.SYSTEM));
        exchange.context().failed(ErrorCode.BAD_REQUEST, detail);
        return exchange;
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(30),
                Arbitraries.of(
                        "\n",
                        "\r\n",
                        "\u2028",
                        "\u0085",
                        "\u001b[2J",
                        "\"}",
                        "\",\"status\":200,\"x\":\"",
                        "\\",
                        "\\u0022",
                        "\u202e",
                        "\u007f",
                        "\u0000",
                        "\ud800",
                        "{\"time\":\"x\"}"));
        return pieces.list().ofMinSize(1).ofMaxSize(6).map(list -> String.join("", list));
    }
}
