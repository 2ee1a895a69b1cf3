package dev.pintle.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.http.Body;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Headers;
import dev.pintle.upstream.target.AttemptOutcome;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages of the health service of gRPC. */
class GrpcHealthTest {
    private static final String SERVING = "00000000020801";

    @ParameterizedTest
    @CsvSource({"'', 0000000000", "a, 00000000030a0161"})
    void aRequestNamesItsService(String service, String message) throws IOException {
        assertThat(content(service)).isEqualTo(message);
    }

    @Test
    void aLongNameHasALengthOfTwoBytes() throws IOException {
        assertThat(content("s".repeat(200)))
                .startsWith("00000000cb0ac801" + "73")
                .hasSize(2 * (5 + 203));
    }

    @ParameterizedTest
    @CsvSource({
        "503, '', '', answered 503 without grpc-status",
        "503, 0, " + SERVING + ", answered 503 without grpc-status",
        "200, '', " + SERVING + ", answered 200 without grpc-status",
        "200, 12, '', answered grpc-status 12",
        "200, 0, '', is not SERVING",
        "200, 0, 00000000020802, is not SERVING",
        "200, 0, 00000000021001, is not SERVING",
        "200, 0, 000000000208, is not SERVING",
    })
    void anyOtherAnswerThanServingIsAFailure(int http, String status, String message, String reason)
            throws IOException {
        assertThat(outcome(http, status, message)).isEqualTo(AttemptOutcome.failed(reason));
    }

    @Test
    void servingIsASuccess() throws IOException {
        assertThat(outcome(200, "0", SERVING)).isEqualTo(AttemptOutcome.SUCCESS);
    }

    private static AttemptOutcome outcome(int http, String status, String message) throws IOException {
        Headers headers = status.isEmpty() ? Headers.EMPTY : Headers.of("grpc-status", status);
        Body body = Body.of(HexFormat.of().parseHex(message));
        return GrpcHealth.outcome(new FinalResponse(http, headers, body));
    }

    private static String content(String service) throws IOException {
        return HexFormat.of()
                .formatHex(GrpcHealth.request(service).body().stream().readAllBytes());
    }
}
