package dev.pintle.store;

import org.jdbi.v3.core.Handle;

/** Deletes old revisions, in a transaction that someone else begins and ends. */
final class HistoryPruning {
    private static final int REVISIONS_A_TRANSACTION = 10;

    private final Handle handle;

    HistoryPruning(Handle handle) {
        this.handle = handle;
    }

    /** Holds the lock on the latest revision: a plan that reads the history must find it whole. */
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
                .bind("limit", REVISIONS_A_TRANSACTION)
                .execute();
    }
}
