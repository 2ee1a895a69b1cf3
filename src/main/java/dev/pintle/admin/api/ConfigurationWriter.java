package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.store.Author;
import dev.pintle.store.Edit;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.EditRejectedException.Why;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.store.WriteResult;
import dev.pintle.sync.ConfigurationSync;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Writes to the store, and sees to it that this node serves what was written before the writer hears of it. */
public final class ConfigurationWriter {
    private static final int TRIES = 5;

    private final ConfigurationSync sync;

    public ConfigurationWriter(ConfigurationSync sync) {
        this.sync = sync;
    }

    WriteResult write(Author author, Edit edit) throws EditRejectedException, StoreUnavailableException {
        sync.holding().ifPresent(why -> {
            throw new ApiException(ApiErrorCode.STORE_EMPTY, why + '.');
        });
        return sync.write(author, List.of(edit));
    }

    /** A write that depends on what is stored. */
    interface Attempt {
        Response make() throws EditRejectedException, StoreUnavailableException, InvalidSpecException;
    }

    /** Makes an attempt with what is stored by now; again when someone was first in between, but not for ever. */
    Response repeat(Attempt attempt) throws EditRejectedException, StoreUnavailableException, InvalidSpecException {
        for (int tries = 1; ; tries++) {
            sync.catchUp();
            try {
                return attempt.make();
            } catch (EditRejectedException e) {
                if (e.why() != Why.PRECONDITION || tries == TRIES) {
                    throw e;
                }
            }
        }
    }
}
