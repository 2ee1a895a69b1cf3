package dev.pintle.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The list of metrics in the docs equals the list of metrics in the code. */
class MetricsDocumentTest {
    @Test
    void everyMetricIsDocumentedWithItsTypeLabelsAndHelp() throws Exception {
        List<String> listed = Files.readAllLines(Path.of("docs/reference/metrics.md")).stream()
                .filter(line -> line.startsWith("| `gateway_"))
                .toList();

        assertThat(listed)
                .containsExactlyElementsOf(new EveryMetric()
                        .snapshots().stream()
                                .map(MetricsDocumentTest::row)
                                .sorted()
                                .toList());
    }

    private static String row(MetricSnapshot metric) {
        assertThat(metric.getDataPoints()).as(EveryMetric.name(metric)).isNotEmpty();
        String labels = StreamSupport.stream(
                        metric.getDataPoints().getFirst().getLabels().spliterator(), false)
                .map(Label::getName)
                .map(name -> '`' + name + '`')
                .collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s |"
                .formatted(
                        EveryMetric.name(metric),
                        EveryMetric.type(metric),
                        labels,
                        metric.getMetadata().getHelp());
    }
}
