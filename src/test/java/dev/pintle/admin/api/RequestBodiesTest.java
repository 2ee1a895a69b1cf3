package dev.pintle.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.RawClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin API reads only bodies that arrive in time, have a bounded length and cannot come from an HTML form. */
class RequestBodiesTest {
    private static final String HEAD = "POST /api/v1/routes HTTP/1.1\r\nHost: admin\r\nAuthorization: Bearer "
            + AdminApiHarness.TOKEN + "\r\nContent-Type: application/json\r\n";

    private static AdminApiHarness admin;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() throws Exception {
        admin.close();
    }

    @Test
    void aSlowBodyTimesOut() {
        try (RawClient client = admin.connect()) {
            client.send(HEAD + "Content-Length: 1000\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 100 ");

            admin.ticker.advance(BodyReadTimeoutFilter.TIMEOUT);
            client.send("{");

            assertThat(client.rest()).startsWith("HTTP/1.1 408 ").contains("\"code\":\"request-timeout\"");
        }
    }

    @Test
    void aBodyWithoutContentLengthIsBounded() {
        try (RawClient client = admin.connect()) {
            client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
            String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
            for (int i = 0; i < 17; i++) {
                client.send(chunk);
            }
            client.send("0\r\n\r\n");

            assertThat(client.head()).startsWith("HTTP/1.1 413 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json"
            })
    void aBodyOfAnHtmlFormIsRefused(String mediaType) throws Exception {
        for (String call : new String[] {"POST /api/v1/routes", "PUT /api/v1/routes/x", "PUT /api/v1/circuits/x"}) {
            String[] parts = call.split(" ", 2);
            assertThat(admin.call(parts[0], parts[1])
                            .as(mediaType)
                            .send(AdminApiHarness.route("/x"))
                            .status())
                    .as(call)
                    .isEqualTo(415);
        }
        assertThat(admin.store.readAll().revision()).isZero();
    }
}
