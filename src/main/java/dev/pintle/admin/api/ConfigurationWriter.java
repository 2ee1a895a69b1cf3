package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.admin.problem.ApiProblem;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.history.Cause;
import dev.pintle.store.Author;
import dev.pintle.store.CommittedPlan;
import dev.pintle.store.Edit;
import dev.pintle.store.EditPlan;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.EditRejectedException.Reason;
import dev.pintle.store.PlanPreview;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.store.WriteResult;
import dev.pintle.sync.ConfigurationSync;
import dev.pintle.time.Ticker;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes the configuration for the admin API; the node serves a write before its writer gets the answer. The writers of one
 * node take turns, so only another node can change a document between a read and the write that depends on it. Safe for all
 * threads.
 */
public final class ConfigurationWriter {
    private static final Duration MAX_TIME = Duration.ofSeconds(10);
    private static final String RETRY_SECONDS = "1";

    private final ConfigurationSync sync;
    private final Ticker ticker;
    private final ReentrantLock turn = new ReentrantLock(true);

    public ConfigurationWriter(ConfigurationSync sync, Ticker ticker) {
        this.sync = sync;
        this.ticker = ticker;
    }

    /** Writes what a plan decides. A plan decides again when another writer is first, so it takes no turn. */
    CommittedPlan write(Author author, Cause cause, EditPlan plan)
            throws EditRejectedException, StoreUnavailableException {
        requireFull();
        return sync.write(author, cause, plan);
    }

    /** What a plan would change. */
    PlanPreview preview(EditPlan plan) throws EditRejectedException, StoreUnavailableException {
        requireFull();
        return sync.preview(plan);
    }

    private void requireFull() {
        sync.emptyDatabaseFault().ifPresent(fault -> {
            throw new ApiException(ApiErrorCode.STORE_EMPTY, fault + '.');
        });
    }

    WriteResult write(Author author, Edit edit) throws EditRejectedException, StoreUnavailableException {
        requireFull();
        takeTurn();
        try {
            return sync.write(author, List.of(edit));
        } finally {
            turn.unlock();
        }
    }

    /** A write that depends on the stored configuration, as {@link ConfigurationSync#current()} has it. */
    interface DependentWrite {
        /**
         * Reads, decides and writes.
         *
         * @throws EditRejectedException with {@link Reason#PRECONDITION} when the configuration changed meanwhile
         */
        Response make() throws EditRejectedException, StoreUnavailableException, InvalidSpecException;
    }

    /**
     * Repeats a write until nothing that it depends on changed meanwhile.
     *
     * @throws ApiException with 503 when other writes were first for 10 s
     */
    Response repeat(DependentWrite write)
            throws EditRejectedException, StoreUnavailableException, InvalidSpecException {
        long start = ticker.nanos();
        takeTurn();
        try {
            while (true) {
                sync.catchUp();
                try {
                    return write.make();
                } catch (EditRejectedException e) {
                    if (e.reason() != Reason.PRECONDITION) {
                        throw e;
                    }
                }
                if (ticker.nanos() - start >= MAX_TIME.toNanos()) {
                    throw busy();
                }
            }
        } finally {
            turn.unlock();
        }
    }

    private void takeTurn() {
        try {
            if (!turn.tryLock(MAX_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
    }

    private static ApiException busy() {
        return new ApiException(ApiProblem.withField(
                ApiErrorCode.STORE_BUSY,
                "Other writes were first for " + MAX_TIME.toSeconds()
                        + " s, and nothing was written. Repeat the request.",
                HttpHeaders.RETRY_AFTER,
                RETRY_SECONDS));
    }
}
