package dev.pintle.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.File;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The metrics and labels of the dashboard and the alerts exist. */
class DeployedQueriesTest {
    private static final Pattern METRIC = Pattern.compile("\\b(?:gateway|jvm|process)_\\w+");
    private static final Pattern CONDITION = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"");
    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

    private static final Pattern AGGREGATION = Pattern.compile("\\b(?:sum|max|min|avg|count)\\b.{0,8}");

    private static final EveryMetric METRICS = new EveryMetric().withRuntimeMetrics();
    private static final Set<String> NAMES = METRICS.names();
    private static final Set<String> LABELS = labels();

    private static Set<String> labels() {
        // Labels that Prometheus adds.
        Set<String> labels = new HashSet<>(Set.of("le", "job", "instance"));
        METRICS.snapshots().stream()
                .map(MetricSnapshot::getDataPoints)
                .flatMap(List::stream)
                .flatMap(point -> point.getLabels().stream())
                .map(Label::getName)
                .forEach(labels::add);
        return labels;
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(new File("deploy/grafana-dashboard.json"));
    }

    private static JsonNode alerts() throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(new File("deploy/prometheus-alerts.yml"));
    }

    static Stream<String> queries() throws IOException {
        return Stream.of(
                        dashboard().findValuesAsText("expr"),
                        dashboard().findValuesAsText("definition"),
                        alerts().findValuesAsText("expr"))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void everyMetricAndLabelOfAQueryExists(String query) {
        assertThat(METRIC.matcher(query).results().map(MatchResult::group))
                .isNotEmpty()
                .allSatisfy(metric -> assertThat(NAMES).contains(metric));
        assertThat(CONDITION.matcher(query).results().map(condition -> condition.group(1)))
                .isSubsetOf(LABELS);
        assertThat(GROUPING.matcher(query)
                        .results()
                        .flatMap(by -> Stream.of(by.group(1).split(", ", -1))))
                .isSubsetOf(LABELS);
    }

    /** Prometheus may scrape other JVMs and other clusters. */
    @ParameterizedTest
    @MethodSource("scopedQueries")
    void everySelectorIsLimitedToTheJobsOfPintle(String query) {
        assertThat(METRIC.matcher(query).results().map(selector -> query.substring(selector.end())))
                .isNotEmpty()
                .allSatisfy(labels -> assertThat(labels).matches("(?s)\\{job=~\"(\\$job|pintle\\.\\*)\".*"));
    }

    static Stream<String> scopedQueries() throws IOException {
        return queries().filter(query -> !query.endsWith(", job)"));
    }

    /** Two clusters in two jobs are neither summed nor compared. */
    @Test
    void everyAlertEvaluatesEachJobSeparately() throws IOException {
        assertThat(alerts().findValuesAsText("expr"))
                .allSatisfy(query -> assertThat(
                                AGGREGATION.matcher(query).results().map(MatchResult::group))
                        .allSatisfy(aggregation -> assertThat(aggregation).contains(" by (job")));
    }

    @Test
    void everyMetricOfTheGatewayIsOnTheDashboard() throws IOException {
        String queries = String.join("\n", dashboard().findValuesAsText("expr"));
        assertThat(new EveryMetric().snapshots())
                .allSatisfy(metric -> assertThat(queries).contains(EveryMetric.name(metric)));
    }

    @Test
    void everyAlertHasASeverityAndARunbook() throws IOException {
        List<JsonNode> rules = alerts().findValues("rules").stream()
                .flatMap(group ->
                        Stream.iterate(0, i -> i < group.size(), i -> i + 1).map(group::get))
                .toList();
        assertThat(rules).hasSizeGreaterThan(10).allSatisfy(rule -> {
            assertThat(rule.at("/labels/severity").asText()).isIn("page", "ticket");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).isNotBlank();
        });
        assertThat(rules.stream().map(rule -> rule.path("alert").asText()).collect(Collectors.toSet()))
                .hasSameSizeAs(rules);
    }
}
