package dev.pintle.server.guards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapBasedLimitsTest {
    @ParameterizedTest
    @CsvSource({"16, 1048576", "256, 54525952"})
    void largeRequestHeadsMayUseAQuarterOfTheFreeHeap(long mebibytes, long bytes) {
        assertThat(HeapBasedLimits.requestHeads(mebibytes << 20)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "16, 1, 1, 1000",
        "128, 640, 1280, 40960",
        "256, 1664, 3328, 106496",
        "1024, 7808, 15616, 200000",
        "8192, 10000, 20000, 200000"
    })
    void theLimitsFollowTheHeapSize(long mebibytes, int requests, int connections, int buckets) {
        assertThat(HeapBasedLimits.requests(mebibytes << 20)).isEqualTo(requests);
        assertThat(HeapBasedLimits.connections(mebibytes << 20)).isEqualTo(connections);
        assertThat(HeapBasedLimits.buckets(mebibytes << 20)).isEqualTo(buckets);
    }
}
