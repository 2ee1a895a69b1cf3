package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** The admin API refused a request. */
final class ApiProblemException extends CommandException {
    private static final long serialVersionUID = 1L;

    private final transient JsonNode problem;

    ApiProblemException(int status, JsonNode problem) {
        super(ProblemText.of(status, problem));
        this.problem = problem;
    }

    /** @param advice the remedy in terms of the command */
    ApiProblemException(int status, JsonNode problem, String advice) {
        super(ProblemText.of(status, problem) + '\n' + advice);
        this.problem = problem;
    }

    /** The problem details (RFC 9457). */
    JsonNode problem() {
        return problem;
    }

    String code() {
        return problem.path("code").asText();
    }
}
