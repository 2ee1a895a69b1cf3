package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.lint.Finding;
import java.util.List;

/** Formats the findings of the lint as JSON. */
final class LintJson {
    private LintJson() {}

    static ArrayNode of(List<Finding> findings) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        findings.forEach(finding -> json.addObject()
                .put("code", finding.rule().code())
                .put("severity", finding.rule().severity().word())
                .put("route", finding.route())
                .put("pointer", finding.pointer())
                .put("message", finding.message())
                .put("remedy", finding.rule().remedy()));
        return json;
    }
}
