package dev.pintle.policy.cors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestBrowser;
import dev.pintle.testing.TestGateway;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pages of two origins call a gateway from a real browser, which decides by the headers of the gateway. */
@Tag("browser")
class CorsBrowserTest {
    private static final String READ = """
            try {
                const response = await fetch(arguments[0], arguments[1]);
                return [response.status, await response.text(), response.headers.get('X-Trace-ID') ?? ''];
            } catch (e) {
                return [0, e.name, ''];
            }""";

    private static RawUpstream page;
    private static RawUpstream upstream;
    private static TestGateway gateway;
    private static TestBrowser browser;

    @BeforeAll
    static void start() {
        page = RawUpstream.that(RawUpstream.answers(200, "<!doctype html><title>page</title>"));
        upstream = RawUpstream.that(connection -> {
            while (connection.request() != null) {
                connection.write("HTTP/1.1 200 OK\r\nSet-Cookie: session=7; Path=/\r\nContent-Length: 5\r\n\r\nhello");
            }
        });
        gateway = TestGateway.start();
        String cors = ", \"cors\": {\"origins\": [\"" + origin("app") + "\"], \"methods\": [\"GET\", \"PUT\"],"
                + " \"headers\": [\"Authorization\"], \"expose\": [\"X-Trace-ID\"], \"credentials\": true}";
        gateway.route("open", "/open", upstream.url(), cors);
        gateway.route("keys", "/keys", upstream.url(), cors + ", \"authentication\": {\"anyOf\": [\"apiKey\"]}");
        browser = TestBrowser.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
        gateway.close();
        upstream.close();
        page.close();
    }

    @Test
    void aListedPageReadsResponsesAndItsCookiesTravel() {
        browser.driver().get(origin("app"));

        assertThat(read("/open", "{credentials: 'include'}")).startsWith(200L, "hello");
        List<Object> second = read("/open", "{credentials: 'include'}");

        assertThat(second.get(2).toString()).as("an exposed header").hasSize(32);
        assertThat(upstream.requests().getLast().field("Cookie")).isEqualTo("session=7");
    }

    @Test
    void aListedPageReadsA401() {
        browser.driver().get(origin("app"));

        List<Object> refused = read("/keys", "{credentials: 'include'}");

        assertThat(refused.get(0)).isEqualTo(401L);
        assertThat(refused.get(1).toString()).contains("\"code\":\"unauthenticated\"");
    }

    @Test
    void thePreflightOfTheBrowserPassesForListedMethodsAndHeadersOnly() {
        browser.driver().get(origin("app"));

        assertThat(read("/open", "{method: 'PUT', headers: {Authorization: 'x'}}")
                        .getFirst())
                .isEqualTo(200L);
        assertThat(read("/open", "{method: 'DELETE'}")).startsWith(0L, "TypeError");
        assertThat(read("/open", "{headers: {'X-Other': 'x'}}")).startsWith(0L, "TypeError");
    }

    @Test
    void anUnlistedPageAndASandboxedOneReadNothing() {
        browser.driver().get(origin("evil"));

        assertThat(read("/open", "{}")).startsWith(0L, "TypeError");
        assertThat(read("/open", "{credentials: 'include'}")).startsWith(0L, "TypeError");
        browser.driver().get("data:text/html,<title>null origin</title>");
        assertThat(read("/open", "{}")).startsWith(0L, "TypeError");
    }

    @SuppressWarnings("unchecked")
    private static List<Object> read(String path, String options) {
        String url = "http://api.example.test:" + gateway.port() + path;
        return (List<Object>) browser.run(READ.replace("arguments[1]", options), url);
    }

    private static String origin(String name) {
        return "http://" + name + ".example.test:" + page.port();
    }
}
