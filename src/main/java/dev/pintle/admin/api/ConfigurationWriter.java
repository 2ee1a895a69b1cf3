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
 * Writes the configuration for the admin API. The node serves a write before it answers. Writes of one node are
 * serialized, so that only another node can change a document between a read and the dependent write. Safe for all
 * threads.
 */
public final class ConfigurationWriter {
    private static final Duration MAX_TIME = Duration.ofSeconds(10);
    private static final String RETRY_SECONDS = "1";

    private final ConfigurationSync sync;
    private final Ticker ticker;
    private final ReentrantLock writeLock = new ReentrantLock(true);

    public ConfigurationWriter(ConfigurationSync sync, Ticker ticker) {
        this.sync = sync;
        this.ticker = ticker;
    }

    /** Writes the edits of a plan. The store computes them again after a concurrent write, so this needs no lock. */
    CommittedPlan write(Author author, Cause cause, EditPlan plan)
            throws EditRejectedException, StoreUnavailableException {
        requireKnownDatabase();
        return sync.write(author, cause, plan);
    }

    /** Returns the changes that a plan would make. */
    PlanPreview preview(EditPlan plan) throws EditRejectedException, StoreUnavailableException {
        requireKnownDatabase();
        return sync.preview(plan);
    }

    private void requireKnownDatabase() {
        sync.emptyDatabaseFault().ifPresent(fault -> {
            throw new ApiException(ApiErrorCode.STORE_EMPTY, fault + '.');
        });
    }

    WriteResult write(Author author, Edit edit) throws EditRejectedException, StoreUnavailableException {
        requireKnownDatabase();
        lock();
        try {
            return sync.write(author, List.of(edit));
        } finally {
            writeLock.unlock();
        }
    }

    /** A write that depends on the configuration that {@link ConfigurationSync#current()} returns. */
    interface DependentWrite {
        /**
         * Reads the configuration, computes an edit and writes it.
         *
         * @throws EditRejectedException with {@link Reason#PRECONDITION} when the configuration changed in between
         */
        Response make() throws EditRejectedException, StoreUnavailableException, InvalidSpecException;
    }

    /**
     * Repeats a write until no concurrent write interferes.
     *
     * @throws ApiException with 503 after 10 s of conflicts with other writes
     */
    Response repeat(DependentWrite write)
            throws EditRejectedException, StoreUnavailableException, InvalidSpecException {
        long start = ticker.nanos();
        lock();
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
            writeLock.unlock();
        }
    }

    private void lock() {
        try {
            if (!writeLock.tryLock(MAX_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
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
                "The write conflicted with other writes for " + MAX_TIME.toSeconds()
                        + " s and was not stored. Repeat the request.",
                HttpHeaders.RETRY_AFTER,
                RETRY_SECONDS));
    }
}
