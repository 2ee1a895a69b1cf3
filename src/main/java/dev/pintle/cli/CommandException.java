package dev.pintle.cli;

/** Why a command did not do what it was told, in words for whoever typed it. */
class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    CommandException(String sentence) {
        super(sentence);
    }

    CommandException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
