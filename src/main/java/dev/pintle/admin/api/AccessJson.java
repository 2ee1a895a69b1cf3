package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Keywords;
import dev.pintle.http.Identity;
import dev.pintle.routing.explain.AccessReport;

/** The JSON of a report about access. */
final class AccessJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CERTIFICATE = "certificate.sha256";

    private AccessJson() {}

    static ObjectNode of(AccessReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode steps = json.putArray("steps");
        report.steps().forEach(step -> steps.add(step(step)));
        if (!report.identity().equals(Identity.ANONYMOUS)) {
            json.set("identity", identity(report.identity()));
        }
        return json;
    }

    private static ObjectNode step(AccessReport.Step step) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("policy", step.policy())
                .put("decision", Keywords.of(step.decision()));
        if (step.code() != null) {
            json.put("code", step.code().text()).put("status", step.code().status());
        }
        return step.detail() == null ? json : json.put("detail", step.detail());
    }

    /** Tokens, keys and passwords were verified. Only a connector can verify that a client owns a certificate. */
    private static ObjectNode identity(Identity identity) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("credential", identity.claims().containsKey(CERTIFICATE) ? "decoded" : "verified");
        if (identity.consumer() != null) {
            json.put("consumer", identity.consumer());
        }
        json.set("groups", JSON.valueToTree(identity.groups()));
        json.set("claims", JSON.valueToTree(identity.claims()));
        return json;
    }
}
