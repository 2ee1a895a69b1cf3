package dev.pintle.conformance;

import java.io.Closeable;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs many trials in parallel, each thread with its own client. */
final class ParallelTrials {
    private static final int THREADS = 8;

    private ParallelTrials() {}

    /** Returns the faults that {@code trial} finds; it returns null for none. */
    static <C extends Closeable, T> List<String> faults(
            List<T> trials, Supplier<C> client, BiFunction<C, T, @Nullable String> trial) throws Exception {
        Queue<T> left = new ConcurrentLinkedQueue<>(trials);
        Queue<String> faults = new ConcurrentLinkedQueue<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = IntStream.range(0, THREADS)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        try (C own = client.get()) {
                            for (T next = left.poll(); next != null; next = left.poll()) {
                                String fault = trial.apply(own, next);
                                if (fault != null) {
                                    faults.add(fault);
                                }
                            }
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> thread : running) {
                thread.get();
            }
        }
        return List.copyOf(faults);
    }
}
