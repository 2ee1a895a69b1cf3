package dev.pintle.cli;

/** Ends a command with a specific exit status and without a message. */
public final class ExitStatusException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int ERROR = 1;

    private final int status;

    ExitStatusException(int status) {
        super("exit status " + status);
        this.status = status;
    }

    /** Returns the exit status for an exception of a command. */
    public static int of(Throwable thrown) {
        return thrown instanceof ExitStatusException exit ? exit.status : ERROR;
    }
}
