package dev.pintle.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.route.InvalidSpecException;
import dev.pintle.route.MalformedJsonException;
import dev.pintle.route.Violation;
import dev.pintle.store.RefusedEditException;
import dev.pintle.store.StoreUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What every fault is told as. What we did not foresee is logged once, and told without its insides. */
final class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);
    private static final int MOST_VIOLATIONS = 100;
    private static final String RETRY_SECONDS = "5";

    @Override
    public Response toResponse(Throwable fault) {
        DeskProblem problem = problem(fault);
        Response.ResponseBuilder response = Response.status(problem.reason().status());
        problem.fields().forEach(response::header);
        return response.type(DeskProblem.MEDIA_TYPE).entity(problem).build();
    }

    private static DeskProblem problem(Throwable fault) {
        return switch (fault) {
            case Refusal refusal -> refusal.problem();
            case MalformedJsonException e -> DeskProblem.of(Reason.MALFORMED_JSON, sentence(e));
            case InvalidSpecException e -> invalid(e.violations());
            case RefusedEditException e -> refused(e);
            case StoreUnavailableException e ->
                DeskProblem.withField(
                        Reason.STORE_UNAVAILABLE,
                        "Nothing can be written while PostgreSQL is away; reading goes on. Read again before you repeat a"
                                + " write that was under way.",
                        HttpHeaders.RETRY_AFTER,
                        RETRY_SECONDS);
            case WebApplicationException e -> http(e);
            case IOException e -> DeskProblem.of(Reason.BAD_REQUEST, "The body broke off.");
            default -> unforeseen(fault);
        };
    }

    private static DeskProblem invalid(List<Violation> violations) {
        String all = violations.size() == 1 ? "One fault was found" : violations.size() + " faults were found";
        String shown = violations.size() > MOST_VIOLATIONS ? ", of which " + MOST_VIOLATIONS + " are listed." : ".";
        List<Violation> first = violations.stream().limit(MOST_VIOLATIONS).toList();
        return DeskProblem.withMember(Reason.INVALID, all + shown, "violations", json(first));
    }

    static ArrayNode json(List<Violation> violations) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        violations.forEach(violation ->
                json.addObject().put("pointer", violation.pointer()).put("message", violation.message()));
        return json;
    }

    private static DeskProblem refused(RefusedEditException refusal) {
        return switch (refusal.why()) {
            case PRECONDITION -> DeskProblem.of(Reason.PRECONDITION_FAILED, sentence(refusal));
            case ABSENT -> DeskProblem.of(Reason.NOT_FOUND, sentence(refusal));
            case MATCH_TAKEN ->
                DeskProblem.withMember(
                        Reason.MATCH_TAKEN,
                        sentence(refusal),
                        "route",
                        JsonNodeFactory.instance.textNode(refusal.route()));
        };
    }

    /** What Jersey refuses before a resource is asked. */
    private static DeskProblem http(WebApplicationException fault) {
        int status = fault.getResponse().getStatus();
        return switch (status) {
            case 404 -> DeskProblem.of(Reason.NOT_FOUND, "The control desk has nothing at this path.");
            case 405 -> {
                String allowed = String.valueOf(fault.getResponse().getHeaderString(HttpHeaders.ALLOW));
                yield DeskProblem.withField(
                        Reason.METHOD_NOT_ALLOWED,
                        "This path takes " + allowed.replace(",", ", ") + '.',
                        HttpHeaders.ALLOW,
                        allowed);
            }
            case 406 ->
                DeskProblem.of(Reason.NOT_ACCEPTABLE, "Send \"Accept: application/json\", or no Accept at all.");
            case 415 ->
                DeskProblem.of(Reason.UNSUPPORTED_MEDIA_TYPE, "Send \"Content-Type: application/json\" with the body.");
            default -> status < 500 ? DeskProblem.of(Reason.BAD_REQUEST, sentence(fault)) : unforeseen(fault);
        };
    }

    private static DeskProblem unforeseen(Throwable fault) {
        LOG.error("An admin request failed, trace {}", MDC.get(Stamp.TRACE), fault);
        return DeskProblem.of(Reason.INTERNAL, "This is a fault of Pintle; its log tells more under this trace id.");
    }

    private static String sentence(Exception fault) {
        return Objects.requireNonNullElse(fault.getMessage(), "");
    }
}
