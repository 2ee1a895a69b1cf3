package dev.pintle.policy.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.AccessLogLines;
import dev.pintle.testing.OtlpReceiver;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestIssuer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The access log and traces name the client, and never show its credential. */
class IdentityInTelemetryTest {
    private static OtlpReceiver collector;
    private static RawUpstream upstream;
    private static TestGateway gateway;
    private static AccessLogLines log;
    private static String key;

    @BeforeAll
    static void start() throws Exception {
        collector = new OtlpReceiver();
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        gateway = TestGateway.start("tracing.endpoint=" + collector.url(), "tracing.endUser=true", "accessLog.query=*");
        gateway.admin("PUT", "/api/v1/consumers/acme", "{}");
        String created =
                gateway.admin("POST", "/api/v1/consumers/acme/keys", "{}").body();
        key = new ObjectMapper().readTree(created).path("key").asText();
        gateway.route("keys", "/keys", upstream.url(), """
                , "authentication": {"anyOf": ["apiKey"], "optional": true, "apiKey": {"from": ["query:key"]}}""");
        log = AccessLogLines.record();
    }

    @AfterAll
    static void stop() {
        log.close();
        gateway.close();
        upstream.close();
        collector.close();
    }

    @Test
    void theConsumerIsInTheLogAndInTheTraceButNotItsKey() {
        String trace = traceOf(gateway.get("/keys?page=2&key=" + key));

        JsonNode line = log.of(trace);
        assertThat(line.path("consumer").asText()).isEqualTo("acme");
        assertThat(line.path("query").asText()).isEqualTo("page=2&key=***");
        assertThat(collector.trace(trace, 2).getFirst().attribute("enduser.id")).isEqualTo("acme");
        assertThat(collector.trace(trace, 2).toString()).doesNotContain(key);
    }

    @Test
    void aKeyAtAPathWithoutARouteIsNotLoggedEither() {
        String trace = traceOf(gateway.get("/elsewhere?key=" + key));

        assertThat(log.of(trace).path("query").asText()).isEqualTo("key=***");
    }

    @Test
    void anAnonymousClientHasNoName() {
        String trace = traceOf(gateway.get("/keys"));

        assertThat(log.of(trace).has("consumer")).isFalse();
        assertThat(collector.trace(trace, 2).getFirst().attribute("enduser.id")).isEmpty();
    }

    @Test
    void aClientThatIsNoConsumerIsNamedByTheSubjectOfItsToken() throws Exception {
        try (TestIssuer issuer = new TestIssuer()) {
            gateway.admin("PUT", "/api/v1/identity-providers/main", "{\"issuer\": \"" + issuer.url() + "\"}");
            gateway.route("tokens", "/tokens", upstream.url(), ", \"authentication\": {\"anyOf\": [\"jwt:main\"]}");

            String trace = traceOf(gateway.get("/tokens", "Authorization", "Bearer " + issuer.token()));

            assertThat(collector.trace(trace, 2).getFirst().attribute("enduser.id"))
                    .isEqualTo("ada");
        }
    }

    private static String traceOf(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Trace-ID").orElseThrow();
    }
}
