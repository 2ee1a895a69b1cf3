package dev.pintle.admin.problem;

/** Rejects a request with a problem. It has no stack trace, because its cause is in the request. */
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
