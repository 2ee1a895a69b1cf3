-- A revision that Pintle reverts unless it is confirmed. It is always the latest one, so the row of the latest revision holds
-- what is pending; these columns are null otherwise.
alter table latest_revision
    add column reverts_at timestamptz,
    -- The match keys of the routes that it replaced or removed, by id: {"users": "…"}.
    add column earlier_match_keys json;

-- Nodes of an earlier version know nothing of this. They must not write over a revision that may revert.
create function refuse_while_unconfirmed() returns trigger language plpgsql as $$
begin
    if exists (select from latest_revision where reverts_at is not null) then
        raise exception 'The latest revision is not confirmed yet; confirm or revert it first';
    end if;
    return new;
end
$$;

create trigger revision_waits before insert on revision for each row execute function refuse_while_unconfirmed();
