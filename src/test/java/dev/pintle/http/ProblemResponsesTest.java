package dev.pintle.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.Exchanges;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemResponsesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET | /a%2Fb  | api.example:8080 | no route matches GET /a%2Fb on host api.example:8080; on the admin port, /__routes
            GET | /a      | ``               | no route matches GET /a without a host;
            GET | /a"<\\n | h"               | no route matches GET /a%22%3C%0A on host h%22;
            """)
    void aRequestWithoutARouteLearnsWhatWasLookedUp(String method, String path, String host, String start)
            throws IOException {
        assertThat(detail(method, path.translateEscapes(), host))
                .startsWith(start)
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"40, 10, 10", "10, 9000, 10", "10, 10, 9000"})
    void theValuesOfTheClientAreCut(int method, int path, int host) throws IOException {
        assertThat(detail("M".repeat(method), "/" + "p".repeat(path), "h".repeat(host)))
                .contains("...")
                .endsWith("why they do not match")
                .hasSizeLessThan(500);
    }

    private static String detail(String method, String path, String host) throws IOException {
        Exchange exchange = Exchanges.get("/");
        GatewayRequest request = exchange.request()
                .withMethod(method)
                .withPath(path)
                .withAuthority(host)
                .withQuery("token=secret");
        String body = Exchanges.text(ProblemResponses.noRoute(exchange.context(), request));
        return new ObjectMapper().readTree(body).path("detail").asText();
    }
}
