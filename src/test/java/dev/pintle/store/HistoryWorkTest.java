package dev.pintle.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The work of PostgreSQL for one page of a long history: 10,000 routes, 10,000 revisions and 10,000 rows of the audit table. */
class HistoryWorkTest {
    private static final TestDatabase DATABASE = TestPostgres.migratedDatabase();
    private static final Jdbi JDBI = Jdbi.create(DATABASE.configuration().listening());

    @BeforeAll
    static void fill() {
        JDBI.registerArrayType(Long.class, "bigint").registerArrayType(String.class, "text");
        JDBI.useHandle(handle -> handle.execute("""
                insert into revision (number, author, cause)
                    select n, case when n % 100 = 0 then 'ada' else 'bob' end, 'edit' from generate_series(1, 10000) n;
                insert into change select 1, 'route', 'r' || n, null, '{}' from generate_series(1, 10000) n;
                insert into change select n, 'route', 'r' || n, '{}', '{}' from generate_series(2, 10000) n;
                update latest_revision set number = 10000;
                insert into audit (number, at, author, outcome, routes, hash)
                    select n, now() - (10000 - n) * interval '1 minute', case when n % 100 = 0 then 'ada' else 'bob' end,
                        'done', array['r' || n], '' from generate_series(1, 10000) n;
                analyze"""));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            -,     -,   51, 9223372036854775807
            -,     -,   51, 5001
            r4321, -,   1,  9223372036854775807
            -,     ada, 51, 9223372036854775807
            """)
    void aPageOfRevisionsReadsAFewRowsByAnIndex(String route, String author, int limit, long before) {
        JDBI.useTransaction(handle -> {
            assertThat(new HistoryReader(handle).list(new RevisionQuery(limit, before, route, author)))
                    .isNotEmpty();

            assertThat(rowsRead(handle)).isLessThan(1_000);
        });
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            -,     -
            r4321, -
            -,     ada
            """)
    void aPageOfTheAuditTableReadsAFewRowsByAnIndex(String route, String author) {
        JDBI.useTransaction(handle -> {
            assertThat(AuditStore.list(handle, new AuditQuery(51, Long.MAX_VALUE, null, author, route)))
                    .isNotEmpty();

            assertThat(rowsRead(handle)).isLessThan(1_000);
        });
    }

    /** The rows that scans of tables and indexes returned in this transaction. */
    private static long rowsRead(Handle handle) {
        return handle.createQuery("""
                        select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) from pg_stat_xact_user_tables
                        where relname in ('revision', 'change', 'audit')""").mapTo(Long.class).one();
    }
}
