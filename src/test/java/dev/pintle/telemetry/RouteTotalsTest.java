package dev.pintle.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Totals of requests are added, subtracted and turned into quantiles. */
class RouteTotalsTest {
    @Test
    void totalsWithDifferentNumbersOfBucketsAreCombined() {
        RouteTotals one = new RouteTotals(10, 2, 1, List.of(4L, 6L));
        RouteTotals other = new RouteTotals(3, 1, 0, List.of(1L, 1L, 1L));

        assertThat(one.plus(other)).isEqualTo(new RouteTotals(13, 3, 1, List.of(5L, 7L, 1L)));
        assertThat(one.plus(other).since(one)).isEqualTo(other);
        assertThat(RouteTotals.NONE.plus(one)).isEqualTo(one);
    }

    /** The bounds of the first buckets are 1, 2.5 and 5 ms; the last one has no bound above 60 s. */
    @ParameterizedTest
    @CsvSource({
        "'10,0,0', 0.5, 0.0005",
        "'10,0,0', 1, 0.001",
        "'0,10,0', 0.5, 0.00175",
        "'5,0,5', 0.5, 0.001",
        "'5,0,5', 0.75, 0.00375",
        "'0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,7', 0.99, 60",
    })
    void aQuantileIsInterpolatedInItsBucket(String buckets, double quantile, double seconds) {
        assertThat(totals(buckets).quantile(quantile)).hasValueCloseTo(seconds, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"'0'", "'0,0,0'"})
    void noRequestsHaveNoQuantile(String buckets) {
        assertThat(totals(buckets).quantile(0.5)).isEmpty();
        assertThat(RouteTotals.NONE.quantile(0.5)).isEmpty();
    }

    private static RouteTotals totals(String buckets) {
        List<Long> counts =
                Arrays.stream(buckets.split(",", -1)).map(Long::valueOf).toList();
        return new RouteTotals(counts.stream().mapToLong(Long::longValue).sum(), 0, 0, counts);
    }
}
