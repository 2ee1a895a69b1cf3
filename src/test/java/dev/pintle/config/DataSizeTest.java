package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0B, 0",
        "1B, 1",
        "64KiB, 65536",
        "64KB, 64000",
        "10MiB, 10485760",
        "10MB, 10000000",
        "1GiB, 1073741824",
        "1GB, 1000000000",
        "8589934591GiB, 9223372035781033984"
    })
    void aWholeNumberWithAUnitIsASize(String text, long bytes) {
        assertThat(DataSize.parse(text)).contains(new DataSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "B",
                "-1B",
                "1.5MiB",
                "1 MiB",
                "1mib",
                "1M",
                "1TiB",
                "8589934592GiB",
                "9999999999999999999B"
            })
    void otherTextIsRejected(String text) {
        assertThat(DataSize.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0B", "1B", "999B", "1KB", "1KiB", "1025B", "1536KiB", "64KB", "10MiB", "3MB", "1GiB", "2GB"})
    void theTextOfASizeIsTheShortestThatIsExact(String text) {
        assertThat(DataSize.parse(text)).map(DataSize::toString).contains(text);
    }
}
