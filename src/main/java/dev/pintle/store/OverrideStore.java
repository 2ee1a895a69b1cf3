package dev.pintle.store;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Stores one kind of override. Each change notifies every node. Safe for all threads.
 *
 * @param <O> the override
 * @param <R> the request of an operator for it
 */
public final class OverrideStore<O, R extends OverrideRequest<O>> {
    private final Jdbi jdbi;
    private final Function<Handle, OverrideRows<O, R>> rows;

    OverrideStore(Jdbi jdbi, Function<Handle, OverrideRows<O, R>> rows) {
        this.jdbi = jdbi;
        this.rows = rows;
    }

    /** Stores an override, replacing any other one of the route. */
    public O begin(R request) throws StoreUnavailableException {
        return WriteTransaction.run(jdbi, handle -> {
            O override = rows.apply(handle).begin(request);
            ClusterStore.notifyNodes(handle);
            return override;
        });
    }

    /**
     * Stores a request that was made while PostgreSQL was unavailable, unless a later one is stored.
     *
     * @param age the time since the request
     */
    public void beginRetroactively(R request, Duration age) throws StoreUnavailableException {
        change(table -> table.beginRetroactively(request, age));
    }

    /** Ends the override of a route, if any. */
    public void end(String route) throws StoreUnavailableException {
        change(table -> table.end(route));
    }

    /**
     * Ends the override of a route by a request that was made while PostgreSQL was unavailable. An override of a later
     * request stays.
     *
     * @param age the time since the request
     */
    public void endRetroactively(String route, Duration age) throws StoreUnavailableException {
        change(table -> table.endRetroactively(route, age));
    }

    private void change(Consumer<OverrideRows<O, R>> change) throws StoreUnavailableException {
        WriteTransaction.<Void, RuntimeException>run(jdbi, handle -> {
            change.accept(rows.apply(handle));
            ClusterStore.notifyNodes(handle);
            return null;
        });
    }
}
