package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.admin.problem.ApiProblem;
import dev.pintle.config.Configuration;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.VersionedDocument;
import dev.pintle.history.DocumentDelta;
import dev.pintle.lint.Finding;
import dev.pintle.lint.Linter;
import dev.pintle.store.Edit;
import dev.pintle.store.Precondition;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.List;

/**
 * Lints writes before they are stored. The response header {@value #HEADER} holds the number of findings, and {@code
 * ?strict=true} rejects a write with warnings. Safe for all threads.
 */
public final class LintReview implements ContainerResponseFilter {
    static final String HEADER = "Pintle-Lint";

    private static final String STRICT = "strict";

    /** The request property with the findings of its edits. */
    private static final String FINDINGS = "lintFindings";

    private final Linter linter;

    public LintReview(Linter linter) {
        this.linter = linter;
    }

    /** Lints the active configuration. */
    ArrayNode all(Configuration configuration) {
        return LintJson.of(linter.all(configuration));
    }

    /** Lints a route before it is stored. */
    ArrayNode proposed(RouteDocument route, Configuration current) {
        return LintJson.of(linter.changed(current, List.of(put(route, current))));
    }

    /**
     * Lints the edits of a request, each time a plan computes them.
     *
     * @return the edits
     * @throws ApiException when the request is strict and the edits have warnings
     */
    List<Edit> review(ContainerRequestContext request, Configuration latest, List<Edit> edits) {
        boolean strict = BooleanParameter.of(
                STRICT, request.getUriInfo().getQueryParameters().getFirst(STRICT));
        List<DocumentDelta> changes =
                edits.stream().map(edit -> delta(edit, latest)).toList();
        List<Finding> findings = linter.changed(latest, changes);
        request.setProperty(FINDINGS, LintJson.of(findings));
        List<Finding> warnings = findings.stream().filter(Finding::isWarning).toList();
        if (strict && !warnings.isEmpty()) {
            throw new ApiException(ApiProblem.withMember(
                    ApiErrorCode.LINT,
                    "The lint has " + warnings.size() + " warnings, and nothing was written. Follow their remedies,"
                            + " accept them with lint.accept in the route, or omit strict.",
                    "lint",
                    LintJson.of(warnings)));
        }
        return edits;
    }

    /** The findings of the edits of a request. */
    static ArrayNode findings(ContainerRequestContext request) {
        return request.getProperty(FINDINGS) instanceof ArrayNode findings
                ? findings
                : JsonNodeFactory.instance.arrayNode();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(FINDINGS) instanceof ArrayNode findings && response.getStatus() < 300) {
            response.getHeaders().putSingle(HEADER, findings.size());
        }
    }

    private static DocumentDelta put(RouteDocument route, Configuration latest) {
        return delta(new Edit.Put(route, new Precondition.None()), latest);
    }

    private static DocumentDelta delta(Edit edit, Configuration latest) {
        JsonNode before = latest.find(edit.key()).map(VersionedDocument::json).orElse(null);
        return new DocumentDelta(edit.key().kind(), edit.key().id(), before, edit.json());
    }
}
