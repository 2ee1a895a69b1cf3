package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"/{id}", "/users/{id}", "/users/{id}/orders/{rest...}", "/{a}/{b}", "/{all...}", "/a_b/{x_1}"})
    void templatesOfWholeSegmentsAreValid(String template) {
        assertThat(PathTemplate.fault(template)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    /users                  | no parameter
                    {id}                    | begin with a slash
                    /users/{id              | whole segment
                    /users/x{id}            | whole segment
                    /users/{id}.json        | whole segment
                    /users/{}               | whole segment
                    /users/{1}              | whole segment
                    /users/{a-b}            | whole segment
                    /users/{*}              | whole segment
                    /users/{a..}            | whole segment
                    /{a}/{a}                | twice
                    /{a...}/x               | must end with {a...}
                    /{a...}/{b...}          | must end with {a...}
                    /{a}/                   | must not end with a slash
                    /a//{b}                 | empty segment
                    /../{b}                 | . or ..
                    /%61/{b}                | %-encodings
                    users/{id}              | begin with a slash
                    """)
    void otherTemplatesAreRefused(String template, String fault) {
        assertThat(PathTemplate.fault(template)).get().asString().contains(fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
                    /users/{id}             | /users/1              | id=1
                    /users/{id}             | /users/a%20b          | id=a%20b
                    /users/{id}             | /users/               | -
                    /users/{id}             | /users                | -
                    /users/{id}             | /users/1/             | -
                    /users/{id}             | /users/1/x            | -
                    /users/{id}             | /other/1              | -
                    /u/{id}/o/{rest...}     | /u/1/o                | id=1 rest=
                    /u/{id}/o/{rest...}     | /u/1/o/               | id=1 rest=
                    /u/{id}/o/{rest...}     | /u/1/o/2/3            | id=1 rest=2/3
                    /u/{id}/o/{rest...}     | /u/1/ox               | -
                    /{all...}               | /                     | all=
                    /{all...}               | /a/b                  | all=a/b
                    """)
    void valuesAreThoseOfThePath(String template, String path, String values) {
        Map<String, String> found = new PathTemplate(template).values(path);

        assertThat(
                        found == null
                                ? null
                                : found.toString().replaceAll("[{}]", "").replace(", ", " "))
                .isEqualTo(values);
    }

    @Test
    void namesDoNotDistinguishTemplates() {
        assertThat(match(null, "/u/{id}").canonical())
                .isEqualTo(match(null, "/u/{name}").canonical());
        assertThat(match(null, "/u/{id}").canonical())
                .isNotEqualTo(match(null, "/u/{id}/{rest...}").canonical())
                .isNotEqualTo(match(null, "/{id}/u").canonical());
        assertThat(match(null, "/u/{rest...}").canonical())
                .isEqualTo(match("/u", null).canonical());
        assertThat(match(null, "/{rest...}").canonical())
                .isEqualTo(match("/", null).canonical());
    }

    private static MatchSpec match(String path, String template) {
        return new MatchSpec(path, null, template, null, null, null, null);
    }
}
