package dev.pintle.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Checks the privileges that writes need beyond those of a heartbeat. The check reads only PostgreSQL's caches. */
final class Privileges {
    private Privileges() {}

    /** Returns the privileges that the connection's user lacks, such as {@code INSERT on change}. */
    static List<String> missing(Handle handle) {
        return handle.select("""
                        select privilege || ' on ' || name
                        from (values ('audit', 'INSERT'), ('audit', 'SELECT'), ('audit_head', 'UPDATE'),
                            ('change', 'INSERT'), ('change', 'SELECT'), ('console_sign_out', 'DELETE'),
                            ('console_sign_out', 'INSERT'), ('defaults', 'INSERT'),
                            ('document_schema', 'INSERT'), ('document_schema', 'SELECT'),
                            ('defaults', 'UPDATE'), ('forced_circuit', 'DELETE'), ('forced_circuit', 'INSERT'),
                            ('forced_circuit', 'UPDATE'), ('latest_revision', 'UPDATE'), ('limit_reset', 'DELETE'),
                            ('limit_reset', 'INSERT'), ('maintenance', 'DELETE'), ('maintenance', 'INSERT'),
                            ('maintenance', 'UPDATE'), ('revision', 'INSERT'), ('revision', 'SELECT'),
                            ('route', 'DELETE'), ('route', 'INSERT'), ('route', 'UPDATE')) as needed (name, privilege)
                        where not has_table_privilege(name, privilege)
                        order by name, privilege""").mapTo(String.class).list();
    }
}
