package dev.pintle.store;

/** The database has a configuration already. */
public final class DatabaseNotEmptyException extends Exception {
    private static final long serialVersionUID = 1L;

    DatabaseNotEmptyException(long revision) {
        super("Cannot restore the backup: the database has a configuration already, at revision " + revision
                + ". Create an empty database, run db migrate, and name it in DATABASE_URL.");
    }
}
