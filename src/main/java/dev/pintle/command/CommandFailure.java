package dev.pintle.command;

/** Why a command did not do what it was told, in words for whoever typed it. */
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    CommandFailure(String sentence) {
        super(sentence);
    }

    CommandFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
