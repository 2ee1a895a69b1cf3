package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.admin.problem.ApiProblem;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.config.Violation;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.NoSuchRevisionException;
import dev.pintle.store.StoreReadOnlyException;
import dev.pintle.store.StoreUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.glassfish.jersey.message.internal.HeaderValueException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Maps every exception to a problem (RFC 9457). Logs an unexpected exception once and does not show it. */
public final class ProblemExceptionMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemExceptionMapper.class);
    private static final int MAX_VIOLATIONS = 100;
    private static final String RETRY_SECONDS = "5";

    @Override
    public Response toResponse(Throwable fault) {
        ApiProblem problem = problem(fault);
        Response.ResponseBuilder response = Response.status(problem.reason().status());
        problem.fields().forEach(response::header);
        return response.type(ApiProblem.MEDIA_TYPE).entity(problem).build();
    }

    private static ApiProblem problem(Throwable fault) {
        return switch (fault) {
            case ApiException rejection -> rejection.problem();
            case MalformedJsonException e -> ApiProblem.of(ApiErrorCode.MALFORMED_JSON, "The body " + detail(e) + '.');
            case InvalidSpecException e -> invalid(e.violations());
            case EditRejectedException e -> rejected(e);
            case NoSuchRevisionException e ->
                ApiProblem.of(e.isPruned() ? ApiErrorCode.REVISION_PRUNED : ApiErrorCode.NO_SUCH_REVISION, detail(e));
            case StoreReadOnlyException e ->
                ApiProblem.withField(
                        ApiErrorCode.STORE_UNAVAILABLE,
                        "PostgreSQL refuses writes, and nothing was written. See the reason in /__health.",
                        HttpHeaders.RETRY_AFTER,
                        RETRY_SECONDS);
            case StoreUnavailableException e ->
                ApiProblem.withField(
                        ApiErrorCode.STORE_UNAVAILABLE,
                        "PostgreSQL is unavailable. Reads of the current configuration still work; writes and the"
                                + " history do not. Read the document before you repeat a write, because the write"
                                + " may be stored.",
                        HttpHeaders.RETRY_AFTER,
                        RETRY_SECONDS);
            case WebApplicationException e -> http(e);
            case HeaderValueException e -> ApiProblem.of(ApiErrorCode.BAD_REQUEST, detail(e) + '.');
            case IOException e -> ApiProblem.of(ApiErrorCode.BAD_REQUEST, "The body ended early.");
            default -> internal(fault);
        };
    }

    static ApiProblem invalid(List<Violation> violations) {
        String all = violations.size() == 1
                ? "The document has 1 violation"
                : "The document has " + violations.size() + " violations";
        String shown = violations.size() > MAX_VIOLATIONS ? ", of which " + MAX_VIOLATIONS + " are listed." : ".";
        List<Violation> first = violations.stream().limit(MAX_VIOLATIONS).toList();
        return ApiProblem.withMember(ApiErrorCode.INVALID, all + shown, "violations", json(first));
    }

    static ArrayNode json(List<Violation> violations) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        violations.forEach(violation ->
                json.addObject().put("pointer", violation.pointer()).put("message", violation.message()));
        return json;
    }

    private static ApiProblem rejected(EditRejectedException rejection) {
        return switch (rejection.reason()) {
            case PRECONDITION -> ApiProblem.of(ApiErrorCode.PRECONDITION_FAILED, detail(rejection));
            case ABSENT -> ApiProblem.of(ApiErrorCode.NOT_FOUND, detail(rejection));
            case IN_USE -> ApiProblem.withMember(ApiErrorCode.IN_USE, detail(rejection), "routes", names(rejection));
            case FLEET_TOO_OLD ->
                ApiProblem.withMember(ApiErrorCode.FLEET_TOO_OLD, detail(rejection), "nodes", names(rejection));
            case UNCONFIRMED -> ApiProblem.of(ApiErrorCode.CONFIRMATION_PENDING, detail(rejection));
            case MATCH_TAKEN ->
                ApiProblem.withMember(
                        ApiErrorCode.MATCH_TAKEN,
                        detail(rejection),
                        "route",
                        JsonNodeFactory.instance.textNode(rejection.route()));
        };
    }

    private static ArrayNode names(EditRejectedException rejection) {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        rejection.names().forEach(names::add);
        return names;
    }

    /** Maps rejections by Jersey before a resource is called. */
    private static ApiProblem http(WebApplicationException fault) {
        int status = fault.getResponse().getStatus();
        return switch (status) {
            case 404 -> ApiProblem.of(ApiErrorCode.NOT_FOUND, "The admin API has no resource at this path.");
            case 405 -> {
                String allowed = String.valueOf(fault.getResponse().getHeaderString(HttpHeaders.ALLOW));
                yield ApiProblem.withField(
                        ApiErrorCode.METHOD_NOT_ALLOWED,
                        "This path supports only " + allowed.replace(",", ", ") + '.',
                        HttpHeaders.ALLOW,
                        allowed);
            }
            case 406 ->
                ApiProblem.of(ApiErrorCode.NOT_ACCEPTABLE, "Send \"Accept: application/json\", or omit Accept.");
            case 415 ->
                ApiProblem.of(
                        ApiErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send \"Content-Type: application/json\" with the body.");
            default -> status < 500 ? ApiProblem.of(ApiErrorCode.BAD_REQUEST, detail(fault)) : internal(fault);
        };
    }

    private static ApiProblem internal(Throwable fault) {
        LOG.error(
                "An admin request failed because of an internal error, trace {}.", MDC.get(TraceIdFilter.TRACE), fault);
        return ApiProblem.of(
                ApiErrorCode.INTERNAL,
                "An internal error of Pintle. The log of this node has the details under" + " this trace id.");
    }

    private static String detail(Exception fault) {
        return Objects.requireNonNullElse(fault.getMessage(), "");
    }
}
