package dev.pintle.upstream.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.upstream.target.Target;
import java.time.Duration;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The frames of a stream end the waits of an exchange, and frames out of order fail it. */
class StreamEventsTest {
    private static final long LONG = Duration.ofMinutes(1).toNanos();

    private final StreamEvents events = new StreamEvents(Target.of("http://10.0.0.7:5001", 1));

    @Test
    void theFinalHeadEndsTheWaitForContinue() {
        head(200);

        assertThat(events.hasFinalHeadWithin(LONG)).isTrue();
        assertThat(events.head().getMetaData()).isInstanceOf(MetaData.Response.class);
    }

    @Test
    void anInterimHeadEndsTheWaitForContinueWithoutAnAnswer() {
        head(100);

        assertThat(events.hasFinalHeadWithin(LONG)).isFalse();
    }

    @Test
    void aFailureEndsTheWaitForContinue() {
        events.fail(new IllegalStateException("gone"));

        assertThat(events.hasFinalHeadWithin(LONG)).isTrue();
        assertThat(events.opened()).isFalse();
    }

    @Test
    void theWaitForContinueEndsWithoutFrames() {
        assertThat(events.hasFinalHeadWithin(1)).isFalse();
    }

    @Test
    void anInterruptEndsTheWaitForContinueAndIsKept() {
        Thread.currentThread().interrupt();

        assertThat(events.hasFinalHeadWithin(LONG)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theFirstFailureCounts() {
        events.fail(new IllegalStateException("first"));
        events.fail(new IllegalStateException("second"));

        assertThatThrownBy(events::head).hasMessage("first");
        assertThatThrownBy(events::awaitOpen).hasMessage("first");
        assertThatThrownBy(events::requireEnd).hasMessage("first");
        assertThat(events.isOver()).isTrue();
    }

    @Test
    void trailersCompleteAStream() {
        assertThat(events.isOver()).isFalse();
        head(200);
        trailers(true);
        events.fail(new IllegalStateException("too late"));

        events.requireEnd();
        assertThat(events.isOver()).isTrue();
        assertThat(events.trailers().get("x-sum")).isEqualTo("7");
    }

    /** A sequence of frames: response heads by status, trailers that end the stream, and trailers that do not. */
    @ParameterizedTest
    @ValueSource(strings = {"200 200", "200 100", "end", "100 end", "200 open"})
    void framesOutOfOrderFailTheStream(String frames) {
        for (String frame : frames.split(" ", -1)) {
            switch (frame) {
                case "end" -> trailers(true);
                case "open" -> trailers(false);
                default -> head(Integer.parseInt(frame));
            }
        }

        assertThatThrownBy(events::requireEnd).hasMessageContaining("sent headers or content out of order");
    }

    @Test
    void aFrameOutOfOrderKeepsTheFirstFailure() {
        events.fail(new IllegalStateException("first"));
        trailers(true);

        assertThatThrownBy(events::head).hasMessage("first");
    }

    @Test
    void interimHeadsThatNoClientTakesAreBounded() {
        for (int i = 0; i < 100; i++) {
            head(103);
        }
        assertThat(events.isOver()).isFalse();
        for (int i = 0; i < 1_000; i++) {
            head(103);
        }
        assertThat(events.isOver()).isTrue();
        for (int i = 0; i < 100; i++) {
            events.head();
        }
        assertThatThrownBy(events::head).hasMessageContaining("sent more than 100 interim responses");
    }

    private void head(int status) {
        events.headers(
                new HeadersFrame(
                        1, new MetaData.Response(status, null, HttpVersion.HTTP_2, HttpFields.EMPTY), null, false),
                false);
    }

    private void trailers(boolean last) {
        HttpFields fields = HttpFields.build().put("x-sum", "7").asImmutable();
        events.headers(new HeadersFrame(1, new MetaData(HttpVersion.HTTP_2, fields), null, last), false);
    }
}
