package dev.pintle.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.pintle.config.Durations;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests are valid for Kubernetes, and say what the gateway really reads. */
class KubernetesManifestsTest {
    private static final Path ROOT = Path.of("deploy/kubernetes");
    private static final String KUSTOMIZATION = "kustomization.yaml";

    private static final Map<String, Class<?>> MODELS = Map.of(
            "Deployment", Deployment.class,
            "HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
            "Job", Job.class,
            "NetworkPolicy", NetworkPolicy.class,
            "PodDisruptionBudget", PodDisruptionBudget.class,
            "Service", Service.class,
            "ServiceAccount", ServiceAccount.class,
            "ServiceMonitor", ServiceMonitor.class);

    /** The properties of a ServiceMonitor that we use; its model is in no library. */
    private record ServiceMonitor(String apiVersion, String kind, ObjectMeta metadata, MonitorSpec spec) {}

    private record MonitorSpec(LabelSelector selector, List<MonitorEndpoint> endpoints) {}

    private record MonitorEndpoint(String port, String path, String interval, MonitorAuthorization authorization) {}

    private record MonitorAuthorization(String type, SecretKeySelector credentials) {}

    /** The model keeps unknown properties; this reader refuses them. */
    private static final ObjectMapper STRICT = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated member) {
                    return false;
                }
            });

    static List<Path> files() throws IOException {
        try (Stream<Path> tree = Files.walk(ROOT)) {
            return tree.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> manifests() throws IOException {
        return files().stream().filter(file -> !file.endsWith(KUSTOMIZATION)).toList();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void everyDocumentHasOnlyPropertiesOfKubernetes(Path file) throws IOException {
        for (JsonNode document : documents(Files.readString(file))) {
            requireValid(document, file.toString());
        }
    }

    @Test
    void anUnknownPropertyIsFound() throws IOException {
        JsonNode misspelled = documents(Files.readString(ROOT.resolve("base/deployment.yaml"))
                        .replace("terminationGracePeriodSeconds", "terminationGraceSeconds"))
                .getFirst();

        assertThatCode(() -> STRICT.treeToValue(misspelled, Deployment.class))
                .hasMessageContaining("terminationGraceSeconds");
    }

    @Test
    void everyFileIsAResourceOrAPatchOfAKustomization() throws IOException {
        Set<Path> used = new TreeSet<>();
        for (Path file : files()) {
            if (file.endsWith(KUSTOMIZATION)) {
                JsonNode kustomization = documents(Files.readString(file)).getFirst();
                used.add(file);
                kustomization.path("resources").forEach(resource -> used.add(target(file, resource.asText())));
                kustomization
                        .path("patches")
                        .forEach(patch ->
                                used.add(target(file, patch.path("path").asText())));
            }
        }
        assertThat(used).containsExactlyElementsOf(files());
    }

    private static Path target(Path kustomization, String name) {
        Path target = kustomization.resolveSibling(name).normalize();
        return Files.isDirectory(target) ? target.resolve(KUSTOMIZATION) : target;
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void kustomizeRendersEveryOverlay(String overlay) throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/kubectl")).isExecutable();
        Process kubectl = new ProcessBuilder(
                        "kubectl",
                        "kustomize",
                        ROOT.resolve("overlays/" + overlay).toString())
                .redirectErrorStream(true)
                .start();
        String rendered = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kubectl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(kubectl.exitValue()).as(rendered).isZero();

        List<JsonNode> documents = documents(rendered);
        assertThat(documents).hasSize(overlay.equals("small") ? 8 : 10);
        for (JsonNode document : documents) {
            requireValid(document, overlay);
            assertThat(document.at("/metadata/namespace").asText()).isEqualTo("pintle");
        }
    }

    private static void requireValid(JsonNode document, String place) {
        Class<?> model = MODELS.get(document.path("kind").asText());
        assertThat(model).as("%s: %s", place, document.path("kind")).isNotNull();
        assertThatCode(() -> STRICT.treeToValue(document, model)).as(place).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void containersGetOnlyVariablesThatTheGatewayReads(Path file) throws IOException {
        for (JsonNode container : containers(file)) {
            assertThat(GatewayVariables.read()).containsAll(names(container.path("env")));
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void containersRunAtTheRestrictedLevelWithAReadOnlyRoot(Path file) throws IOException {
        assumeThat(file.getParent().endsWith("base")).isTrue();
        for (JsonNode document : documents(Files.readString(file))) {
            JsonNode pod = document.at("/spec/template/spec");
            if (!pod.isMissingNode()) {
                assertThat(pod.path("securityContext").toString())
                        .isEqualTo("{\"runAsNonRoot\":true,\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}");
                assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                        .isFalse();
            }
        }
        for (JsonNode container : containers(file)) {
            assertThat(container.path("securityContext").toString())
                    .isEqualTo("{\"allowPrivilegeEscalation\":false,\"readOnlyRootFilesystem\":true,"
                            + "\"capabilities\":{\"drop\":[\"ALL\"]}}");
            String data = variable(container, "PINTLE_DATA");
            assertThat(container.path("volumeMounts").findValuesAsText("mountPath"))
                    .as("a writable volume above %s, which is not the volume itself", data)
                    .anyMatch(mount -> data.startsWith(mount + '/'));
        }
    }

    @Test
    void portsAndProbesAreThoseOfTheGateway() throws IOException {
        JsonNode container = gateway();
        assertThat(container.path("ports").findValuesAsText("containerPort"))
                .containsExactly(GatewayVariables.builtIn("GATEWAY_PORT"), GatewayVariables.builtIn("ADMIN_PORT"));
        assertThat(container.path("ports").findValuesAsText("name")).containsExactly("http", "admin");
        assertThat(container.at("/readinessProbe/httpGet").toString())
                .isEqualTo("{\"path\":\"/__ready\",\"port\":\"http\"}");
        for (String probe : List.of("startupProbe", "livenessProbe")) {
            assertThat(container.path(probe).path("httpGet").toString())
                    .isEqualTo("{\"path\":\"/__health\",\"port\":\"http\"}");
        }
        JsonNode monitor = documents(Files.readString(ROOT.resolve("overlays/production/servicemonitor.yaml")))
                .getFirst();
        assertThat(monitor.at("/spec/endpoints/0/path").asText()).isEqualTo("/__metrics");
    }

    @Test
    void aNewPodFindsEveryOtherNode() throws IOException {
        List<JsonNode> services = documents(Files.readString(ROOT.resolve("base/services.yaml")));

        assertThat(services.stream()
                        .filter(service ->
                                service.at("/spec/clusterIP").asText().equals("None"))
                        .map(service -> "dns:" + service.at("/metadata/name").asText() + ':'
                                + service.at("/spec/ports/0/port").asText()))
                .containsExactly(variable(gateway(), "PINTLE_PEERS"));
    }

    @Test
    void theNodeHasTheTimeToDrain() throws IOException {
        JsonNode pod = documents(Files.readString(ROOT.resolve("base/deployment.yaml")))
                .getFirst()
                .at("/spec/template/spec");
        JsonNode container = gateway();
        long delay = seconds(container, "SHUTDOWN_DELAY");
        JsonNode readiness = container.path("readinessProbe");
        long noticed = readiness.path("periodSeconds").asLong()
                        * readiness.path("failureThreshold").asLong()
                + readiness.path("timeoutSeconds").asLong();

        assertThat(delay).isGreaterThan(noticed);
        assertThat(pod.path("terminationGracePeriodSeconds").asLong())
                .isGreaterThan(container.at("/lifecycle/preStop/sleep/seconds").asLong()
                        + delay
                        + seconds(container, "SHUTDOWN_GRACE"));
    }

    private static long seconds(JsonNode container, String name) {
        return Durations.parse(variable(container, name)).orElseThrow().toSeconds();
    }

    private static JsonNode gateway() throws IOException {
        return containers(ROOT.resolve("base/deployment.yaml")).getFirst();
    }

    private static List<JsonNode> containers(Path file) throws IOException {
        List<JsonNode> containers = new ArrayList<>();
        for (JsonNode document : documents(Files.readString(file))) {
            document.at("/spec/template/spec/containers").forEach(containers::add);
        }
        return containers;
    }

    private static List<String> names(JsonNode env) {
        List<String> names = new ArrayList<>();
        env.forEach(variable -> names.add(variable.path("name").asText()));
        return names;
    }

    private static String variable(JsonNode container, String name) {
        for (JsonNode variable : container.path("env")) {
            if (variable.path("name").asText().equals(name)) {
                return variable.path("value").asText();
            }
        }
        return "";
    }

    private static List<JsonNode> documents(String yaml) throws IOException {
        return STRICT.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll();
    }
}
