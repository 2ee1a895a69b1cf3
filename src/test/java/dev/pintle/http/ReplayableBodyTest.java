package dev.pintle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReplayableBodyTest {
    @Test
    void bytesThatWereReadAreReplayed() throws IOException {
        ReplayableBody body = body("0123456789", 10);
        assertThat(all(body)).isEqualTo("0123456789");
        assertThat(body.rewind()).isTrue();
        assertThat(all(body)).isEqualTo("0123456789");
        assertThat(body.rewind()).isTrue();
        assertThat(all(body)).isEqualTo("0123456789");
    }

    @Test
    void aReplayContinuesWithTheRestFromTheClient() throws IOException {
        ReplayableBody body = body("0123456789", 100);
        assertThat(next(body, 4)).isEqualTo("0123");
        assertThat(body.rewind()).isTrue();
        assertThat(next(body, 2)).isEqualTo("01");
        assertThat(body.rewind()).isTrue();
        assertThat(all(body)).isEqualTo("0123456789");
        assertThat(body.rewind()).isTrue();
        assertThat(all(body)).isEqualTo("0123456789");
    }

    @Test
    void aBodyBeyondTheBoundIsReadOnce() throws IOException {
        ReplayableBody body = body("0123456789", 9);
        assertThat(next(body, 9)).isEqualTo("012345678");
        assertThat(body.rewind()).isTrue();
        assertThat(all(body)).isEqualTo("0123456789");
        assertThat(body.rewind()).isFalse();
    }

    @Test
    void aBodyWithoutStorageIsReplayableUntilItIsRead() throws IOException {
        ReplayableBody body = body("0123456789", 0);
        assertThat(body.rewind()).isTrue();
        assertThat(next(body, 1)).isEqualTo("0");
        assertThat(body.rewind()).isFalse();
        assertThat(all(body)).isEqualTo("123456789");
    }

    @Test
    void aFailedRewindKeepsThePosition() throws IOException {
        ReplayableBody body = body("0123456789", 3);
        assertThat(next(body, 5)).isEqualTo("01234");
        assertThat(body.rewind()).isFalse();
        assertThat(all(body)).isEqualTo("56789");
    }

    @Test
    void singleBytesAreReplayed() throws IOException {
        ReplayableBody body = body("\u00ff", 10);
        assertThat(body.stream().read()).isEqualTo(0xc3);
        assertThat(body.stream().read()).isEqualTo(0xbf);
        assertThat(body.stream().read()).isEqualTo(-1);
        assertThat(body.rewind()).isTrue();
        assertThat(body.stream().read()).isEqualTo(0xc3);
    }

    @Test
    void availableCountsReplayedBytes() throws IOException {
        ReplayableBody body = body("0123456789", 10);
        assertThat(body.length()).isEqualTo(10);
        assertThat(body.stream().available()).isEqualTo(10);
        assertThat(next(body, 4)).isEqualTo("0123");
        assertThat(body.rewind()).isTrue();
        assertThat(body.stream().available()).isEqualTo(4);
    }

    private static ReplayableBody body(String text, int bound) {
        return new ReplayableBody(Body.of(text.getBytes(StandardCharsets.UTF_8)), bound);
    }

    private static String next(ReplayableBody body, int bytes) throws IOException {
        return new String(body.stream().readNBytes(bytes), StandardCharsets.UTF_8);
    }

    private static String all(ReplayableBody body) throws IOException {
        return new String(body.stream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
