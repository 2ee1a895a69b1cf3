package dev.pintle.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Mutations;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveDiffTest {
    private static final SettingLayers LAYERS = new SettingLayers(
            List.of("timeout", "retry", "concurrency", "body"), Set.of("timeout", "retry"), (ObjectNode)
                    json("{'timeout': {'total': '30s'}, 'retry': {'on': ['502']}, 'concurrency': {'max': 512}}"));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "{'timeout': {'total': '5s'}}; {'timeout': {'total': '7s'}}; {}; {}; /timeout/total '5s' '7s' route",
                "{'timeout': {'total': '5s'}}; {}; {}; {}; /timeout/total '5s' '30s' built-in",
                "{'timeout': {'total': '5s'}}; {}; {'timeout': {'total': '9s'}}; {'timeout': {'total': '9s'}};"
                        + " /timeout/total '5s' '9s' defaults",
                "{}; {}; {}; {'timeout': {'total': '5s'}}; /timeout/total '30s' '5s' defaults",
                "{}; {}; {'concurrency': {}}; {}; /concurrency/max 512 null built-in",
                "{}; {'concurrency': {}}; {}; {}; /concurrency/max null 512 built-in",
                "{'body': '1MiB'}; {}; {}; {}; /body '1MiB' null built-in",
                "{}; {}; {}; {'retry': {'on': ['503']}}; /retry/on ['502'] ['503'] defaults"
            })
    void aSettingWithAChangedEffectIsListed(
            String before, String after, String defaultsBefore, String defaultsAfter, String expected) {
        assertThat(lines(before, after, defaultsBefore, defaultsAfter)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "{'timeout': {'total': '5s'}}; {'timeout': {'total': '5s'}}; {}; {'timeout': {'total': '9s'}}",
                "{'timeout': {'total': '9s'}}; {}; {'timeout': {'total': '9s'}}; {'timeout': {'total': '9s'}}",
                "{'timeout': {'total': '60s'}}; {'timeout': {'total': '1m'}}; {}; {}",
                "{'timeout': {'total': '30s'}}; {'timeout': null}; {}; {}",
                "{'timeout': {'total': null}}; {}; {}; {}",
                "{'body': '1KiB'}; {'body': '1024B'}; {}; {}",
                "{'description': 'a'}; {'description': 'b', 'match': {'path': '/x'}}; {}; {}"
            })
    void aSettingWithTheSameEffectIsNotListed(
            String before, String after, String defaultsBefore, String defaultsAfter) {
        assertThat(lines(before, after, defaultsBefore, defaultsAfter)).isEmpty();
    }

    @Test
    void createdAndDeletedRoutesAreNotListed() {
        List<DocumentDelta> deltas = List.of(
                new DocumentDelta("route", "new", null, json("{'body': '1MiB'}")),
                new DocumentDelta("route", "gone", json("{'body': '1MiB'}"), null));

        assertThat(EffectiveDiff.of(LAYERS, documents("{}", "{}"), deltas)).isEmpty();
    }

    private static List<String> lines(String before, String after, String defaultsBefore, String defaultsAfter) {
        List<DocumentDelta> deltas = List.of(
                new DocumentDelta("defaults", "defaults", json(defaultsBefore), json(defaultsAfter)),
                new DocumentDelta("route", "r", json(before), json(after)));
        return EffectiveDiff.of(LAYERS, documents(defaultsBefore, before), deltas).stream()
                .map(change -> (change.pointer() + ' ' + change.from() + ' ' + change.to() + ' ' + change.origin())
                        .replace('"', '\''))
                .toList();
    }

    private static ConfigurationDocuments documents(String defaults, String route) {
        TreeMap<String, JsonNode> routes = new TreeMap<>();
        routes.put("r", json(route));
        return new ConfigurationDocuments(json(defaults), routes);
    }

    private static JsonNode json(String text) {
        return Mutations.read(text.replace('\'', '"'));
    }
}
