package dev.pintle.store;

import org.jdbi.v3.core.Handle;

/** Deletes old revisions in the transaction of the caller. */
final class HistoryPruning {
    private static final int BATCH_SIZE = 10;

    private final Handle handle;

    HistoryPruning(Handle handle) {
        this.handle = handle;
    }

    /** Deletes one batch. Locks the latest revision, so that a plan reads a consistent history. */
    int prune(Retention retention) {
        long latest = new ConfigurationReader(handle).lockLatest();
        return handle.createUpdate("""
                        with oldest as (
                            select number, at < now() - make_interval(secs => :atLeast) as is_old from revision
                            where number <= :newestExpendable
                            order by number limit :limit)
                        delete from revision using oldest
                        where revision.number = oldest.number and oldest.is_old
                            and not exists (select from oldest as young where not young.is_old and young.number < oldest.number)""")
                .bind("atLeast", retention.atLeast().toSeconds())
                .bind("newestExpendable", latest - retention.keep())
                .bind("limit", BATCH_SIZE)
                .execute();
    }
}
