-- One row per attempt to write: calls of the admin API and revisions of commands. The table is append-only.
create table audit (
    -- From 1, without gaps.
    number bigint primary key,
    -- Identifies the call, so that a node that repeats an insert after an outage adds no second row. Null for commands.
    call uuid unique,
    at timestamptz not null,
    author text not null,
    role text,
    peer text,
    trace_id text,
    method text,
    path text,
    query text,
    outcome text not null check (outcome in ('done', 'refused', 'failed')),
    -- The answer to a call that did not succeed.
    status int,
    code text,
    -- The revision that the call made; null when it made none.
    revision bigint,
    routes text[] not null,
    reason text,
    -- SHA-256 over the hash of the previous row and the columns of this row.
    hash text not null
);

create index audit_author on audit (author, number);
create index audit_at on audit (at);
create index audit_routes on audit using gin (routes);

-- The last row. Writers lock it, so rows commit in order. It also shows that rows at the end of the table are missing.
create table audit_head (
    only_row boolean primary key default true check (only_row),
    number bigint not null,
    hash text not null
);
insert into audit_head (number, hash) values (0, '');

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
    raise exception 'The table audit is append-only: % is not allowed', tg_op;
end $$;

create trigger audit_is_append_only before update or delete or truncate on audit
    for each statement execute function refuse_audit_change();
