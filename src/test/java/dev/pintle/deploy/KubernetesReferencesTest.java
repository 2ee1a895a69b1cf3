package dev.pintle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pods, ports, services, accounts and keys of the Secret that a manifest names exist. */
class KubernetesReferencesTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final List<JsonNode> DOCUMENTS = new ArrayList<>();

    private static JsonNode pods;

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> tree = Files.walk(Path.of("deploy/kubernetes"))) {
            for (Path file : tree.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                DOCUMENTS.addAll(YAML.readerFor(JsonNode.class)
                        .<JsonNode>readValues(file.toFile())
                        .readAll());
            }
        }
        pods = ofKind("Deployment").getFirst().at("/spec/template");
    }

    @Test
    void everySelectorMatchesThePodsOfTheGateway() {
        List<JsonNode> selectors = new ArrayList<>();
        ofKind("Service").forEach(service -> selectors.add(service.at("/spec/selector")));
        ofKind("NetworkPolicy").forEach(policy -> selectors.add(policy.at("/spec/podSelector/matchLabels")));
        ofKind("PodDisruptionBudget").forEach(budget -> selectors.add(budget.at("/spec/selector/matchLabels")));
        ofKind("Deployment")
                .forEach(deployment -> deployment
                        .at("/spec/template/spec/topologySpreadConstraints")
                        .forEach(constraint -> selectors.add(constraint.at("/labelSelector/matchLabels"))));

        assertThat(selectors).hasSize(7).containsOnly(pods.at("/metadata/labels"));
    }

    @Test
    void servicesPoliciesAndTheMonitorUsePortsThatExist() {
        List<String> ports = pods.at("/spec/containers/0/ports").findValuesAsText("name");

        assertThat(ofKind("Service"))
                .flatExtracting(service -> service.at("/spec/ports").findValuesAsText("targetPort"))
                .isNotEmpty()
                .isSubsetOf(ports);
        assertThat(ofKind("NetworkPolicy").getFirst().at("/spec/ingress").findValuesAsText("port"))
                .isNotEmpty()
                .isSubsetOf(ports);
        JsonNode monitor = ofKind("ServiceMonitor").getFirst();
        assertThat(ofKind("Service").stream()
                        .filter(service ->
                                service.at("/metadata/labels").equals(monitor.at("/spec/selector/matchLabels"))))
                .singleElement()
                .satisfies(service -> assertThat(service.at("/spec/ports").findValuesAsText("name"))
                        .containsAll(monitor.at("/spec/endpoints").findValuesAsText("port")));
    }

    @Test
    void theAutoscalerAndTheAccountNameWhatExists() {
        assertThat(ofKind("HorizontalPodAutoscaler"))
                .extracting(scaler -> scaler.at("/spec/scaleTargetRef/name"))
                .containsOnly(ofKind("Deployment").getFirst().at("/metadata/name"));
        assertThat(Stream.of("Deployment", "Job")
                        .flatMap(kind -> ofKind(kind).stream())
                        .map(document -> document.at("/spec/template/spec/serviceAccountName"))
                        .filter(name -> !name.isMissingNode()))
                .hasSize(2)
                .containsOnly(ofKind("ServiceAccount").getFirst().at("/metadata/name"));
    }

    @Test
    void theHowToNamesEveryKeyOfTheSecret() throws IOException {
        String page = Files.readString(Path.of("docs/how-to/run-in-kubernetes.md"));
        List<String> keys = DOCUMENTS.stream()
                .flatMap(document ->
                        Stream.of("secretKeyRef", "credentials").flatMap(name -> document.findValues(name).stream()))
                .map(reference -> reference.path("key").asText())
                .distinct()
                .toList();

        assertThat(keys).hasSizeGreaterThan(4).allMatch(key -> page.contains('`' + key + '`'));
    }

    private static List<JsonNode> ofKind(String kind) {
        return DOCUMENTS.stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .toList();
    }
}
