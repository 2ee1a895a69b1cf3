-- A revision that waits for its confirmation leaves the credentials of the consumers that it deletes. They end with the wait unless
-- the revert brought the consumer back. Nodes of an earlier version confirm too, and know nothing of these credentials.
create function end_credentials_without_consumer() returns trigger language plpgsql as $$
begin
    delete from credential
    where not exists (select from entity where entity.kind = 'consumer' and entity.id = credential.consumer);
    if found then
        update credential_version set number = number + 1;
    end if;
    return null;
end
$$;

-- At commit: a revert ends the wait before it writes the documents.
create constraint trigger confirmation_ends after update on latest_revision
    deferrable initially deferred
    for each row when (old.reverts_at is not null and new.reverts_at is null)
    execute function end_credentials_without_consumer();
