package dev.pintle.policy.respond;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RespondTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void theGatewayAnswersWithStatusHeadersAndBody() {
        respond("""
                {"status": 418, "headers": {"X-Route": "{route.id}", "X-Q": "{query.q}", "Content-Type": "application/json"},
                 "body": "{\\"tea\\": \\"č\\"}"}""");

        HttpResponse<String> answer = gateway.get("/respond?q=a%0d%0ab");

        assertThat(answer.statusCode()).isEqualTo(418);
        assertThat(answer.body()).isEqualTo("{\"tea\": \"č\"}");
        assertThat(answer.headers().firstValue("X-Route")).hasValue("respond");
        assertThat(answer.headers().firstValue("X-Q")).isEmpty();
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
        assertThat(answer.headers().firstValue("X-Trace-ID")).isPresent();
        assertThat(answer.headers().firstValue("Proxy-Status")).isEmpty();
    }

    @Test
    void a503OfTheOperatorIsNotRetriedAndCountsNoAttempt() {
        respond("{\"status\": 503, \"body\": \"closed\"}");

        HttpResponse<String> answer = gateway.get("/respond");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
        assertThat(gateway.metric("gateway_retries_total{reason=\"503\",route=\"respond\"}"))
                .isZero();
    }

    @Test
    void aResponseWithoutContentHasNone() {
        respond("{\"status\": 204}");

        HttpResponse<String> answer = gateway.get("/respond");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
    }

    @Test
    void otherPoliciesOfTheRouteApply() {
        respond("{\"body\": \"hello\"}, \"ipFilter\": {\"deny\": [\"127.0.0.1\"]}");

        assertThat(gateway.get("/respond").statusCode()).isEqualTo(403);
    }

    private static void respond(String respond) {
        HttpResponse<String> written = gateway.admin("PUT", "/api/v1/routes/respond", """
                {"match": {"path": "/respond"}, "respond": %s}""".formatted(respond));
        assertThat(written.statusCode()).as(written.body()).isBetween(200, 201);
    }
}
