package dev.pintle.policy.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    https://{host}{path}          | /go/a%20b?x=1     | https://a.example/go/a%20b?x=1
                    https://{host}:8443{path}     | /go               | https://a.example:8443/go
                    https://www.{host}/           | /go               | https://www.a.example/
                    https://b.example             | /go/x?y           | https://b.example?y
                    https://b.example/?a=1#top    | /go?b=%23         | https://b.example/?a=1&b=%23#top
                    /new{path}                    | /go/x             | /new/go/x
                    /?q={query.q}                 | /go?q=a%26b%3D%C4%8D | /?q=a%26b%3D%C4%8D&q=a%26b%3D%C4%8D
                    /u/{query.q}                  | /go?q=%2F%2Fevil.example | /u/%2F%2Fevil.example?q=%2F%2Fevil.example
                    /{query.q}                    | /go?q=/evil.example | /%2Fevil.example?q=/evil.example
                    /{query.q}                    | /go?q=a%0d%0aX:1  | /a%0D%0AX%3A1?q=a%0d%0aX:1
                    """)
    void theTemplateOfTheUrlIsFilledIn(String to, String request, String location) {
        redirect("go", "/go", "{\"to\": \"" + to + "\"}");

        assertThat(ask("GET " + request, "a.Example:99"))
                .startsWith("HTTP/1.1 308")
                .contains("Location: " + location + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "///evil.example/x",
                "/%2f%2fevil.example",
                "/\\evil.example",
                "/%5cevil.example",
                "/./" + "/evil.example"
            })
    void noPathLeadsToAnotherHost(String path) {
        redirect("all", "/", "{\"to\": \"{path}\", \"keepQuery\": false}");

        String head = ask("GET " + path, "a.example");

        if (head.startsWith("HTTP/1.1 308")) {
            assertThat(head).containsPattern("Location: /(?![/\\\\])");
        } else {
            assertThat(head).startsWith("HTTP/1.1 400");
        }
        gateway.admin("DELETE", "/api/v1/routes/all", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cut/a%0d%0aX-Evil:%201", "/cut/a%0aX-Evil:%201", "/cut/a\rX-Evil: 1", "/cut/%00"})
    void lineBreaksInAPathAreRefused(String path) {
        redirect("cut", "/cut", "{\"to\": \"https://b.example{path}\"}");

        assertThat(ask("GET " + path, "a.example")).startsWith("HTTP/1.1 400").doesNotContain("Location", "X-Evil");
    }

    @Test
    void aRequestWithoutAValueOfTheTemplateIsRefused() {
        redirect("valued", "/valued", "{\"to\": \"/{query.next}{header.X-A}\"}");

        assertThat(ask("GET /valued?next=1", "a.example"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("Location");
    }

    @ParameterizedTest
    @CsvSource({"301, GET", "302, POST", "303, PUT", "307, DELETE", "308, HEAD"})
    void everyMethodIsRedirectedWithTheStatusOfTheRoute(int status, String method) {
        redirect("status", "/status", "{\"to\": \"/x\", \"status\": " + status + "}");

        assertThat(ask(method + " /status", "a.example"))
                .startsWith("HTTP/1.1 " + status)
                .contains("Location: /x\r\n");
    }

    @Test
    void anUpstreamThatBecomesARedirectIsExplainedAndLosesItsCircuits() {
        gateway.route(
                "moved",
                "/moved",
                "http://127.0.0.1:9",
                ", \"circuitBreaker\": {}, \"headers\": {\"response\": {\"set\": {\"X-A\": \"b\"}}}");
        assertThat(gateway.get("/__circuit").body()).contains("\"moved\"");

        redirect("moved", "/moved", "{\"to\": \"/x\"}, \"headers\": {\"response\": {\"set\": {\"X-A\": \"b\"}}}");

        assertThat(ask("GET /moved", "a")).contains("Location: /x\r\n", "X-A: b\r\n");
        assertThat(gateway.get("/__circuit").body()).doesNotContain("\"moved\"");
        assertThat(gateway.admin("POST", "/api/v1/explain", "{\"method\": \"GET\", \"url\": \"/moved\"}")
                        .body())
                .contains("\"route\":\"moved\"", "\"path\":null", "\"redirect\"")
                .doesNotContain("\"retry\"");
    }

    private static void redirect(String id, String path, String redirect) {
        assertThat(gateway.admin("PUT", "/api/v1/routes/" + id, """
                        {"match": {"path": "%s"}, "redirect": %s}""".formatted(path, redirect))
                        .statusCode())
                .isBetween(200, 201);
    }

    private static String ask(String request, String host) {
        try (RawClient client = gateway.connect()) {
            return client.send(request + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n")
                    .head();
        }
    }
}
