package dev.pintle.admin;

import dev.pintle.route.InvalidSpecException;
import dev.pintle.store.Author;
import dev.pintle.store.Edit;
import dev.pintle.store.RefusedEditException;
import dev.pintle.store.RefusedEditException.Why;
import dev.pintle.store.RouteStore;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.store.Written;
import dev.pintle.sync.Sync;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Writes to the store, and sees to it that this node serves what was written before the writer hears of it. */
final class Clerk {
    private static final int TRIES = 5;

    private final RouteStore store;
    private final Sync sync;

    Clerk(RouteStore store, Sync sync) {
        this.store = store;
        this.sync = sync;
    }

    Written write(Author author, Edit edit) throws RefusedEditException, StoreUnavailableException {
        sync.holding().ifPresent(why -> {
            throw new Refusal(Reason.STORE_EMPTY, why + '.');
        });
        Written written = store.write(author, List.of(edit));
        sync.catchUpWith(written.revision());
        return written;
    }

    /** A write that depends on what is stored. */
    interface Attempt {
        Response make() throws RefusedEditException, StoreUnavailableException, InvalidSpecException;
    }

    /** Makes an attempt with what is stored by now; again when someone was first in between, but not for ever. */
    Response insist(Attempt attempt) throws RefusedEditException, StoreUnavailableException, InvalidSpecException {
        for (int tries = 1; ; tries++) {
            sync.catchUp();
            try {
                return attempt.make();
            } catch (RefusedEditException e) {
                if (e.why() != Why.PRECONDITION || tries == TRIES) {
                    throw e;
                }
            }
        }
    }
}
