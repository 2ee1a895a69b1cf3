package dev.pintle.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that runs an embedded PostgreSQL until it is killed. */
final class DirectoryLockHolder {
    private DirectoryLockHolder() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]))) {
            System.out.println("url " + database.url());
            new CountDownLatch(1).await();
        } catch (EmbeddedDatabaseException e) {
            System.out.println("failure " + e.getMessage());
        }
    }
}
