package dev.pintle.admin;

/** Turns a request round. It carries no stack trace: it says what the client did. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient DeskProblem problem;

    Refusal(DeskProblem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    Refusal(Reason reason, String detail) {
        this(DeskProblem.of(reason, detail));
    }

    DeskProblem problem() {
        return problem;
    }
}
