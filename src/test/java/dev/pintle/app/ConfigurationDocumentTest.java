package dev.pintle.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.pintle.server.GatewayServerFactory;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The reference of config.yml lists the keys of the code and the variables of the file. */
class ConfigurationDocumentTest {
    private static final Path PAGE = Path.of("docs/reference/configuration.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\|([^|]*)\\|");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)");
    private static final String CONNECTOR = "server.applicationConnectors[0].";

    /** The environment column by key. */
    private static final Map<String, String> DOCUMENTED = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        for (MatchResult row : ROW.matcher(Files.readString(PAGE)).results().toList()) {
            List<String> keys = codes(row.group(1));
            List<String> variables = codes(row.group(2));
            for (int i = 0; i < keys.size(); i++) {
                // ".key" continues the key before it.
                String key =
                        keys.get(i).startsWith(".") ? CONNECTOR + keys.get(i).substring(1) : keys.get(i);
                DOCUMENTED.put(key, i < variables.size() ? variables.get(i) : "");
            }
        }
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
    }

    @Test
    void everyKeyOfTheCodeIsDocumented() {
        Set<String> keys = new TreeSet<>();
        collect(PintleConfiguration.class, "", keys);
        collect(GatewayServerFactory.class, "server.", keys);

        assertThat(DOCUMENTED.keySet()).containsAll(keys);
    }

    @Test
    void everyDocumentedKeyExists() {
        Set<String> keys = new TreeSet<>();
        collect(PintleConfiguration.class, "", keys);
        collect(GatewayServerFactory.class, "server.", keys);

        assertThat(DOCUMENTED.keySet())
                .filteredOn(key -> !key.startsWith("server.") && !key.equals("logging"))
                .isSubsetOf(keys);
    }

    @Test
    void everyVariableOfTheFileIsDocumentedWithItsKey() throws IOException {
        Map<String, String> variables = new TreeMap<>();
        collect(new YAMLMapper().readTree(Path.of("config.yml").toFile()), "", variables);

        assertThat(variables).isNotEmpty();
        assertThat(variables)
                .allSatisfy((key, variable) ->
                        assertThat(DOCUMENTED.get(key)).as(key).isEqualTo(variable));
        assertThat(DOCUMENTED.entrySet())
                .filteredOn(entry -> !entry.getValue().isEmpty())
                .allSatisfy(entry -> assertThat(variables.getOrDefault(entry.getKey(), "LOG_FORMAT"))
                        .as(entry.getKey())
                        .isEqualTo(entry.getValue()));
    }

    /** Collects the keys of a configuration class. A class of Pintle with keys is a group of keys. */
    private static void collect(Class<?> type, String prefix, Set<String> keys) {
        for (Field field : type.getDeclaredFields()) {
            if (!field.isAnnotationPresent(JsonProperty.class)) {
                continue;
            }
            if (hasKeys(field.getType())) {
                collect(field.getType(), prefix + field.getName() + '.', keys);
            } else {
                keys.add(prefix + field.getName());
            }
        }
    }

    private static boolean hasKeys(Class<?> type) {
        return type.getName().startsWith("dev.pintle.")
                && Arrays.stream(type.getDeclaredFields())
                        .anyMatch(field -> field.isAnnotationPresent(JsonProperty.class));
    }

    /** Collects the first variable in each value of the file. */
    private static void collect(JsonNode node, String key, Map<String, String> variables) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> collect(
                            entry.getValue(), key.isEmpty() ? entry.getKey() : key + '.' + entry.getKey(), variables));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), key + '[' + i + ']', variables);
            }
        } else if (!key.startsWith("logging.")) {
            Stream.of(VARIABLE.matcher(node.asText()))
                    .flatMap(matcher -> matcher.results())
                    .findFirst()
                    .ifPresent(variable -> variables.put(key, variable.group(1)));
        }
    }
}
