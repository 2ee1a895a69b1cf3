package dev.pintle.importers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each path of an OpenAPI document becomes a route, or is reported as a loss. */
class OpenApiImporterTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /a: {get: {summary: One}}                                     | /description            | "One"           | nothing
            /a: {summary: All, get: {summary: One}}                       | /description            | "All"           | nothing
            /a: {get: {}, put: {summary: Two}}                            | /description            | none            | nothing
            /a: {$ref: "other.yaml#/a"}                                   | /match                  | no route        | leads to no path of the document
            x-note: {get: {}}                                             | /match                  | no route        | nothing
            "/a b": {get: {}}                                             | /match                  | no route        | the path was left out
            /a: {servers: [{url: "ftp://h"}], get: {}}                    | /match                  | no route        | no absolute URL of http or https
            /a: {servers: [{url: "http://two words"}], get: {}}           | /match                  | no route        | no absolute URL of http or https
            /a: {servers: [{url: "http:///only/a/path"}], get: {}}        | /match                  | no route        | no absolute URL of http or https
            /a: {servers: [{url: "http://{env}.h", variables: {env: {default: test}}}], get: {}} | /upstream/targets/0/url | "http://test.h" | nothing
            """)
    void aPathBecomesARouteOrIsReported(String path, String pointer, String value, String loss) throws Exception {
        Conversion converted = Conversion.of(
                new OpenApiImporter(),
                "{openapi: 3.1.0, servers: [{url: \"https://h\"}], paths: {%s}}".formatted(path));

        assertThat(converted.at(pointer)).isEqualTo(value);
        assertThat(converted.losses()).contains(loss);
    }
}
