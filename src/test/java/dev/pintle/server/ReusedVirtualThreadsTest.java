package dev.pintle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The threads of the server serve one task after the other, and nothing of a task remains for the next. */
class ReusedVirtualThreadsTest {
    private final ReusedVirtualThreads threads = new ReusedVirtualThreads();

    @BeforeEach
    void start() throws Exception {
        threads.start();
    }

    @AfterEach
    void stop() throws Exception {
        threads.stop();
    }

    /** Runs a task and waits until its thread is idle or has ended. */
    private Thread run(Runnable task) {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        threads.execute(() -> {
            task.run();
            thread.complete(Thread.currentThread());
        });
        Thread used = thread.join();
        await().until(() -> used.getState() == Thread.State.WAITING || !used.isAlive());
        return used;
    }

    @Test
    void aThreadServesTheNextTask() {
        Thread first = run(() -> {});
        assertThat(run(() -> {})).isSameAs(first);
    }

    @Test
    void anInterruptAndLogContextOfATaskEndWithIt() {
        run(() -> {
            Thread.currentThread().interrupt();
            MDC.put("trace", "of the first task");
        });
        List<Object> found = new ArrayList<>();
        run(() -> {
            found.add(Thread.currentThread().isInterrupted());
            found.add(String.valueOf(MDC.get("trace")));
        });
        assertThat(found).containsExactly(false, "null");
    }

    @Test
    void tasksRunAtOnceEvenWhenAllThreadsWait() throws Exception {
        CountDownLatch all = new CountDownLatch(ReusedVirtualThreads.MAX_IDLE + 50);
        List<Thread> used = new ArrayList<>();
        for (long i = all.getCount(); i > 0; i--) {
            CompletableFuture<Thread> thread = new CompletableFuture<>();
            threads.execute(() -> {
                thread.complete(Thread.currentThread());
                all.countDown();
                awaitUninterruptibly(all);
            });
            used.add(thread.join());
        }
        assertThat(used).doesNotHaveDuplicates();
        await().until(() -> used.stream().filter(Thread::isAlive).count() == ReusedVirtualThreads.MAX_IDLE);
        threads.stop();
        await().until(() -> used.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void aTaskThatFailsEndsOnlyItsThread() {
        CompletableFuture<Thread> failed = new CompletableFuture<>();
        threads.execute(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
            failed.complete(Thread.currentThread());
            throw new IllegalStateException("a failure of the test");
        });
        await().until(() -> !failed.join().isAlive());
        assertThat(run(() -> {})).isNotSameAs(failed.join());
    }

    @Test
    void tasksRunAfterTheStopOnThreadsThatEnd() throws Exception {
        threads.stop();
        Thread late = run(() -> {});
        await().until(() -> !late.isAlive());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
