package dev.pintle.admin.problem;

/** Turns a request round. It carries no stack trace: it says what the client did. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiProblem problem;

    public ApiException(ApiProblem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public ApiException(ApiErrorCode reason, String detail) {
        this(ApiProblem.of(reason, detail));
    }

    public ApiProblem problem() {
        return problem;
    }
}
