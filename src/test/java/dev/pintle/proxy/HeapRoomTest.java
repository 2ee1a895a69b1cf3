package dev.pintle.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapRoomTest {
    @ParameterizedTest
    @CsvSource({"16, 1, 1", "128, 640, 1280", "256, 1664, 3328", "1024, 7808, 15616", "8192, 10000, 20000"})
    void isForWhatTheHeapHolds(long mebibytes, int requests, int connections) {
        assertThat(HeapRoom.requests(mebibytes << 20)).isEqualTo(requests);
        assertThat(HeapRoom.connections(mebibytes << 20)).isEqualTo(connections);
    }
}
