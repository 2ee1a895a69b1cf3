package dev.pintle.server.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.server.guards.HeadBudget;
import org.junit.jupiter.api.Test;

class Http2HeadMemoryTest {
    private static final int SMALL = 4 << 10;

    /** Fits one byte above what is free, which counts eight times. */
    private final Http2HeadMemory memory = new Http2HeadMemory(new HeadBudget(8));

    @Test
    void aSmallHeadTakesNoMemory() {
        assertThat(memory.take(1, SMALL)).isTrue();
        assertThat(memory.heads()).isZero();
    }

    @Test
    void aHeadThatGrowsTakesMemoryUntilItsRelease() {
        assertThat(memory.take(Http2HeadMemory.INCOMPLETE, SMALL)).isTrue();
        assertThat(memory.take(Http2HeadMemory.INCOMPLETE, SMALL + 1)).isTrue();
        assertThat(memory.heads()).isEqualTo(1);
        assertThat(memory.take(1, SMALL + 1)).isFalse();
        memory.release(Http2HeadMemory.INCOMPLETE);
        assertThat(memory.take(1, SMALL + 1)).isTrue();
    }
}
