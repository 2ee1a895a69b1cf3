package dev.pintle.upstream.http2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A connection has as many streams as its target permits and serves. */
class StreamLimitTest {
    private final StreamLimit limit = new StreamLimit();

    private void open(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(limit.tryOpen()).isTrue();
        }
    }

    @Test
    void theTargetPermitsStreams() {
        limit.permit(2);
        open(2);
        assertThat(limit.tryOpen()).isFalse();
        assertThat(limit.isBusy()).isFalse();
        limit.permit(-1);
        open(StreamLimit.MOST - 2);
        assertThat(limit.tryOpen()).isFalse();
    }

    @Test
    void aRefusalLimitsTheConnectionToTheStreamsThatAreServed() {
        open(3);
        limit.closed();
        limit.refused();
        assertThat(limit.isBusy()).isTrue();
        assertThat(limit.tryOpen()).isFalse();
    }

    @Test
    void eachStreamThatEndsPermitsOneMore() {
        open(3);
        limit.closed();
        limit.refused();
        limit.closed();
        open(2);
        assertThat(limit.tryOpen()).isFalse();
    }

    @Test
    void aRefusalOfTheOnlyStreamLeavesOne() {
        open(1);
        limit.closed();
        limit.refused();
        assertThat(limit.isBusy()).isFalse();
        open(1);
        assertThat(limit.isBusy()).isTrue();
    }

    @Test
    void aBusyTargetWithLongStreamsGetsOneMoreStreamAtATime() {
        open(3);
        limit.closed();
        limit.refused();
        limit.probe();
        open(1);
        assertThat(limit.tryOpen()).isFalse();
        limit.closed();
        limit.refused();
        assertThat(limit.tryOpen()).isFalse();
    }

    @Test
    void aTargetThatIsNotBusyNeedsNoProbe() {
        limit.permit(1);
        open(1);
        limit.probe();
        assertThat(limit.tryOpen()).isFalse();
        limit.permit(-1);
        open(StreamLimit.MOST - 1);
    }
}
