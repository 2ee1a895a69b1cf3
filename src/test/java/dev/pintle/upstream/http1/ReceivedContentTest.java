package dev.pintle.upstream.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pintle.http.Body;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.StreamBody;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceivedContentTest {
    private static final int MAX = 8;

    @Test
    void aBodyInSeveralPartsIsWhole() {
        ReceivedContent received = ReceivedContent.of(new Parts(7, "abc", "def", "g"), MAX);
        assertThat(received.isWhole()).isTrue();
        assertThat(received.stream()).asString(US_ASCII).isEqualTo("abcdefg");
    }

    @Test
    void aBodyWhoseEndHasNotArrivedIsNotAwaited() {
        ReceivedContent received = ReceivedContent.of(new Parts(7, "abc", "def"), MAX);
        assertThat(received.isWhole()).isFalse();
        assertThat(received.stream()).asString(US_ASCII).isEqualTo("abcdef");
    }

    @Test
    void nothingOfALongBodyIsRead() {
        assertThat(ReceivedContent.of(new Parts(MAX + 1, "abcdefghi"), MAX).stream())
                .isEmpty();
        assertThat(ReceivedContent.of(new Parts(Body.UNKNOWN, "abc"), MAX).stream())
                .isEmpty();
    }

    @Test
    void aBodyOfWhichNothingHasArrivedIsNotWhole() {
        assertThat(ReceivedContent.of(new Parts(7), MAX).isWhole()).isFalse();
    }

    @Test
    void aBodyThatBreaksOffIsAFaultOfTheClient() {
        Body broken = new Parts(7) {
            @Override
            public int available() throws IOException {
                throw new IOException("reset");
            }
        };
        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> ReceivedContent.of(broken, MAX))
                .matches(e -> e.kind() == FailureKind.CLIENT_BODY)
                .withMessageContaining("the request body broke off: reset");
    }

    /** A body whose parts have arrived. Reading beyond them fails, as it would wait. */
    private static class Parts extends StreamBody {
        private final long length;
        private final Deque<byte[]> parts = new ArrayDeque<>();

        Parts(long length, String... parts) {
            this.length = length;
            List.of(parts).forEach(part -> this.parts.add(part.getBytes(US_ASCII)));
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public int read(byte[] buffer, int offset, int size) {
            byte[] part = parts.removeFirst();
            int count = Math.min(size, part.length);
            System.arraycopy(part, 0, buffer, offset, count);
            if (count < part.length) {
                parts.addFirst(Arrays.copyOfRange(part, count, part.length));
            }
            return count;
        }

        @Override
        public int available() throws IOException {
            return parts.isEmpty() ? 0 : parts.getFirst().length;
        }

        @Override
        public void close() {}
    }
}
