package dev.pintle.cli;

/** Ends a command with an exit status of its own, without a message. */
public final class ExitStatusException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int ERROR = 1;

    private final int status;

    ExitStatusException(int status) {
        super("exit status " + status);
        this.status = status;
    }

    /** The exit status of a process that a command ends with this. */
    public static int of(Throwable thrown) {
        return thrown instanceof ExitStatusException exit ? exit.status : ERROR;
    }
}
