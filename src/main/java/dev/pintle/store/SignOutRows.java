package dev.pintle.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code console_sign_out}. A row outlives the longest session. */
final class SignOutRows {
    private final Handle handle;

    SignOutRows(Handle handle) {
        this.handle = handle;
    }

    List<String> all() {
        return handle.select("select session from console_sign_out where at > now() - interval '9 hours'")
                .mapTo(String.class)
                .list();
    }

    void add(String session) {
        handle.execute("delete from console_sign_out where at < now() - interval '9 hours'");
        handle.execute("insert into console_sign_out (session) values (?) on conflict do nothing", session);
    }
}
