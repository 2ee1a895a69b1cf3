-- The credentials of consumers, hashed. They are not part of revisions: a restore never revives a revoked one.
create table credential (
    id text primary key,
    consumer text not null,
    kind text not null check (kind in ('key', 'foreign-key', 'password')),
    name text not null,
    hash text not null,
    created timestamptz not null default now(),
    expires timestamptz,
    last_used date,
    constraint credential_key_is_unique unique (hash)
);

create index credential_consumer on credential (consumer);

-- Grows with every change of a credential, so that a node reads them again only after one. A table of one row.
create table credential_version (
    number bigint not null,
    only_row boolean primary key default true check (only_row)
);

insert into credential_version (number) values (1);
