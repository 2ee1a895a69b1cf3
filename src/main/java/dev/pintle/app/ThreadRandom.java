package dev.pintle.app;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** A random generator for all threads without contention. Not for secrets. */
final class ThreadRandom implements RandomGenerator {
    @Override
    public long nextLong() {
        return ThreadLocalRandom.current().nextLong();
    }
}
