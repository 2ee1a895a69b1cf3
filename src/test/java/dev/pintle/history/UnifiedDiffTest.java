package dev.pintle.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Mutations;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+),(\\d+) \\+(\\d+),(\\d+) @@");

    @Test
    void aChangedValueHasThreeLinesOfContext() {
        assertThat(diff("""
                {"id": "users", "timeout": {"total": "30s"}, "match": {"path": "/users"}, "enabled": true}""", """
                {"match": {"path": "/users"}, "id": "users", "enabled": true, "timeout": {"total": "5s"}}""")).isEqualTo("""
                --- routes/users.json\trevision 1
                +++ routes/users.json\tlive
                @@ -5,6 +5,6 @@
                     "path": "/users"
                   },
                   "timeout": {
                -    "total": "30s"
                +    "total": "5s"
                   }
                 }
                """);
    }

    @Test
    void aCreatedOrDeletedDocumentHasNoFileOnTheOtherSide() {
        assertThat(diff(null, "{\"id\": \"users\", \"labels\": {}}")).isEqualTo("""
                --- /dev/null\trevision 1
                +++ routes/users.json\tlive
                @@ -0,0 +1,4 @@
                +{
                +  "id": "users",
                +  "labels": {}
                +}
                """);
        assertThat(diff("{}", null)).isEqualTo("""
                --- routes/users.json\trevision 1
                +++ /dev/null\tlive
                @@ -1,1 +0,0 @@
                -{}
                """);
    }

    @Test
    void theOrderOfKeysIsIgnored() {
        assertThat(diff("{\"a\": 1, \"b\": [1, 2]}", "{\"b\": [1, 2], \"a\": 1}"))
                .isEmpty();
    }

    @Test
    void distantDifferencesHaveSeparateHunks() {
        String list = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]";

        assertThat(diff(list, list.replace("[0", "[-1").replace("12]", "-12]"))
                        .lines()
                        .filter(line -> line.startsWith("@@")))
                .containsExactly("@@ -1,5 +1,5 @@", "@@ -11,5 +11,5 @@");
    }

    @Property
    void theHunksTransformTheEarlierTextIntoTheLaterOne(@ForAll long seed) {
        Random random = new Random(seed);
        JsonNode from = Mutations.of(Mutations.ROUTE, random);
        JsonNode to = Mutations.of(from, random);

        String diff = UnifiedDiff.of(List.of(new DocumentDelta("route", "users", from, to)), "1", "2");

        assertThat(apply(diff, CanonicalJson.lines(from))).isEqualTo(CanonicalJson.lines(to));
    }

    private static String diff(@Nullable String from, @Nullable String to) {
        return UnifiedDiff.of(
                List.of(new DocumentDelta(
                        "route",
                        "users",
                        from == null ? null : Mutations.read(from),
                        to == null ? null : Mutations.read(to))),
                "revision 1",
                "live");
    }

    /** Applies a diff of one file as {@code patch} does, and checks every number in it. */
    private static List<String> apply(String diff, List<String> from) {
        List<String> result = new ArrayList<>();
        int read = 0;
        List<String> lines = diff.lines().toList();
        int i = 2;
        while (i < lines.size()) {
            Matcher hunk = HUNK.matcher(lines.get(i));
            assertThat(hunk.matches()).as(lines.get(i)).isTrue();
            int start = Integer.parseInt(hunk.group(1)) - (hunk.group(2).equals("0") ? 0 : 1);
            result.addAll(from.subList(read, start));
            read = start;
            assertThat(result)
                    .hasSize(Integer.parseInt(hunk.group(3)) - (hunk.group(4).equals("0") ? 0 : 1));
            int written = result.size();
            for (i++; i < lines.size() && !lines.get(i).startsWith("@@"); i++) {
                String text = lines.get(i).substring(1);
                if (lines.get(i).charAt(0) != '+') {
                    assertThat(from.get(read++)).isEqualTo(text);
                }
                if (lines.get(i).charAt(0) != '-') {
                    result.add(text);
                }
            }
            assertThat(read - start).isEqualTo(Integer.parseInt(hunk.group(2)));
            assertThat(result.size() - written).isEqualTo(Integer.parseInt(hunk.group(4)));
        }
        result.addAll(from.subList(read, from.size()));
        return result;
    }
}
