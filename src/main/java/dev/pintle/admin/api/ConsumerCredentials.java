package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.EntityKind;
import dev.pintle.credentials.Credential;
import dev.pintle.store.CredentialStore;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.sync.ConfigurationSync;
import java.util.List;

/** The credentials of the consumers of this node's configuration. A change is active on this node when its call returns. */
public final class ConsumerCredentials {
    private final ConfigurationSync sync;
    private final CredentialStore store;

    public ConsumerCredentials(ConfigurationSync sync, CredentialStore store) {
        this.sync = sync;
        this.store = store;
    }

    List<CredentialStore.Listed> of(String consumer) throws StoreUnavailableException {
        require(consumer);
        return store.of(consumer);
    }

    /** @throws ApiException when the consumer does not exist, or the key is taken */
    void put(Credential credential) throws StoreUnavailableException {
        require(credential.consumer());
        if (!store.put(credential)) {
            throw new ApiException(
                    ApiErrorCode.ID_TAKEN,
                    "The key exists already, or consumer \"" + credential.consumer()
                            + "\" was deleted. Choose another key, or create the consumer again.");
        }
        sync.catchUpCredentials();
    }

    /** Returns whether the consumer had the credential. */
    boolean revoke(String consumer, String id) throws StoreUnavailableException {
        require(consumer);
        boolean revoked = store.revoke(consumer, id);
        sync.catchUpCredentials();
        return revoked;
    }

    private void require(String consumer) {
        if (!sync.current().has(EntityKind.CONSUMER.key(consumer))) {
            throw new ApiException(ApiErrorCode.NOT_FOUND, "Consumer \"" + consumer + "\" does not exist.");
        }
    }
}
