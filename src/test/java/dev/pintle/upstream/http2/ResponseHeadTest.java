package dev.pintle.upstream.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.http.Headers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which responses have no content (RFC 9110 section 6.4.1). */
class ResponseHeadTest {
    @ParameterizedTest
    @CsvSource({
        "GET, 200, false, false",
        "GET, 200, true, true",
        "HEAD, 200, false, true",
        "GET, 204, false, true",
        "GET, 304, false, true",
        "POST, 205, false, false",
    })
    void contentFollowsUnlessTheMethodOrTheStatusExcludesIt(
            String method, int status, boolean last, boolean withoutContent) {
        assertThat(new ResponseHead(status, Headers.EMPTY, -1, last).isWithoutContent(method))
                .isEqualTo(withoutContent);
    }
}
