package dev.pintle.policy.headers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadersTest {
    private static TestGateway gateway;
    private static RawUpstream upstream;

    @BeforeAll
    static void start() {
        upstream = RawUpstream.that(connection -> {
            while (connection.request() != null) {
                connection.write("HTTP/1.1 200 OK\r\nServer: secret\r\nX_Powered_By: php\r\nSet-Cookie: a=1\r\n"
                        + "Connection: X-Frame-Options\r\nX-Frame-Options: ALLOW\r\nContent-Length: 2\r\n\r\nok");
            }
        });
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {client.address}            | 127.0.0.1
                    {route.id}                  | values
                    {path}                      | /values/a%20b
                    {host}                      | example.com
                    {header.X-Tenant}           | acme, beta
                    {query.name}                | \u00c4\u008dapek +1
                    {query.empty}-              | -
                    {{{query.n}}                | {5}
                    t/{route.id}/{{x}           | t/values/{x}
                    č                           | \u00c4\u008d
                    """)
    void aTemplateReadsTheRequest(String template, String value) {
        route("values", "/values", "{\"request\": {\"set\": {\"X-Value\": \"" + template + "\"}}}");

        ask(
                "/values/a%20b?name=%C4%8Dapek+%2B1&empty=&n=5&n=6",
                "Host: Example.com:99", "X-Tenant: acme", "X-Tenant: beta");

        assertThat(seen("X-Value")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"X-Consumer", "x-consumer", "X_Consumer", "x_CONSUMER"})
    void aClientCannotSupplyAHeaderThatTheRouteSets(String name) {
        route("guarded", "/guarded", "{\"request\": {\"set\": {\"X-Consumer\": \"{query.consumer}\"}}}");

        ask("/guarded", "Host: a", name + ": admin", "X-Other: 1");

        assertThat(last().fields())
                .doesNotContainKeys("x-consumer", "x_consumer")
                .containsEntry("x-other", "1");
    }

    @Test
    void connectionCannotRemoveAHeaderThatTheRouteSets() {
        route("kept", "/kept", "{\"request\": {\"set\": {\"X-Consumer\": \"acme\"}, \"add\": {\"X-Plan\": \"gold\"}}}");

        ask("/kept", "Host: a", "X-Consumer: evil", "X-Gone: 1", "Connection: X-Consumer, X-Plan, X-Gone");

        assertThat(last().fields())
                .containsEntry("x-consumer", "acme")
                .containsEntry("x-plan", "gold")
                .doesNotContainKey("x-gone");
    }

    @ParameterizedTest
    @CsvSource({"a%0d%0aX-Admin:%20yes", "a%0aX-Admin:yes", "a%00b", "a%7Fb", "tab%09"})
    void aValueWithControlCharactersIsRemovedAndCounted(String value) {
        route("control", "/control", "{\"request\": {\"set\": {\"X-Value\": \"{query.v}\"}}}");
        double before = gateway.metric("gateway_header_values_rejected_total{route=\"control\"}");

        ask("/control?v=" + value, "Host: a", "X-Value: mine");

        assertThat(last().fields()).doesNotContainKeys("x-value", "x-admin");
        assertThat(gateway.metric("gateway_header_values_rejected_total{route=\"control\"}"))
                .isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({"%E5%98%8A%E5%98%8DX-Admin:%20yes", "%C4%8D%C4%8AX-Admin:%20yes"})
    void unicodeThatTruncatesToLineBreaksStaysInItsHeader(String value) {
        route("unicode", "/unicode", "{\"request\": {\"set\": {\"X-Value\": \"{query.v}\"}}}");

        ask("/unicode?v=" + value, "Host: a");

        assertThat(seen("X-Value")).endsWith("X-Admin: yes");
        assertThat(last().fields()).doesNotContainKey("x-admin");
    }

    @Test
    void aValueOfMoreThan8KibIsRemoved() {
        route("long", "/long", "{\"request\": {\"set\": {\"X-Value\": \"{query.v}{query.v}\"}}}");

        ask("/long?v=" + "a".repeat(4_096), "Host: a");
        assertThat(seen("X-Value")).hasSize(8_192);
        ask("/long?v=" + "a".repeat(4_097), "Host: a");
        assertThat(seen("X-Value")).isNull();
    }

    @Test
    void responsesAreEditedAndTheUpstreamCannotRemoveWhatTheRouteSets() {
        route("answers", "/answers", """
                {"response": {"set": {"X-Frame-Options": "DENY", "X-Route": "{route.id}"},
                  "add": {"Set-Cookie": "b=2"}, "remove": ["server", "X-Powered-By"]}}""");

        String head = ask("/answers", "Host: a");

        assertThat(head)
                .contains("X-Frame-Options: DENY\r\n", "X-Route: answers\r\n", "Set-Cookie: a=1\r\n")
                .contains("Set-Cookie: b=2\r\n")
                .doesNotContain("secret", "php", "ALLOW");
    }

    @Test
    void problemsOfTheGatewayBehindTheEditsAreEditedToo() {
        try (RawUpstream broken = RawUpstream.that(RawUpstream.resetsBeforeHead())) {
            gateway.route(
                    "broken",
                    "/broken",
                    broken.url(),
                    ", \"headers\": {\"response\": {\"set\": {\"X-Frame-Options\": \"DENY\"}}}");

            assertThat(ask("/broken", "Host: a")).startsWith("HTTP/1.1 502").contains("X-Frame-Options: DENY\r\n");
        }
    }

    private static void route(String id, String path, String headers) {
        gateway.route(id, path, upstream.url(), ", \"headers\": " + headers);
    }

    private static String ask(String target, String... headers) {
        try (RawClient client = gateway.connect()) {
            return client.send("GET " + target + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                    .head();
        }
    }

    private static RawUpstream.Request last() {
        return upstream.requests().getLast();
    }

    private static String seen(String name) {
        return last().field(name);
    }
}
