package dev.pintle.admin.openapi;

import dev.pintle.lint.LintRules;
import dev.pintle.lint.Rule;
import dev.pintle.lint.Severity;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.List;
import java.util.stream.Stream;

/** The OpenAPI schemas of the findings of the lint. */
final class LintSchemas {
    private LintSchemas() {}

    static Schema<?> lint() {
        return new ObjectSchema()
                .addProperty("revision", new IntegerSchema().format("int64"))
                .addProperty("lint", findings());
    }

    static Schema<?> findings() {
        List<String> codes = LintRules.all().stream().map(Rule::code).toList();
        List<String> severities =
                Stream.of(Severity.values()).map(Severity::word).toList();
        Schema<?> finding = new ObjectSchema()
                .addProperty("code", new StringSchema()._enum(codes))
                .addProperty("severity", new StringSchema()._enum(severities))
                .addProperty(
                        "route",
                        new StringSchema().nullable(true).description("Null for a finding about another document."))
                .addProperty("pointer", new StringSchema().description("A JSON pointer into the document."))
                .addProperty("message", new StringSchema())
                .addProperty("remedy", new StringSchema());
        return new ArraySchema().items(finding);
    }
}
