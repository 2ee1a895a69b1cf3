package dev.pintle.store;

import org.jdbi.v3.core.JdbiException;

/** The schema lacks a row that the migrations created. */
final class BrokenSchemaException extends JdbiException {
    private static final long serialVersionUID = 1L;

    BrokenSchemaException(String message) {
        super(message);
    }
}
