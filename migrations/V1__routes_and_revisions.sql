-- The number of the latest revision, in a table of one row. Whoever writes locks the row first, so that revisions commit in
-- the order of their numbers and none is missing; a sequence would promise neither.
create table latest_revision (
    number bigint not null check (number >= 0),
    only_row boolean primary key default true check (only_row)
);

insert into latest_revision (number) values (0);

-- A numbered state of the whole configuration: by whom, when, why.
create table revision (
    number bigint primary key,
    at timestamptz not null default now(),
    author text not null,
    reason text
);

-- What a revision changed: the document before (null: there was none) and after (null: there is none).
-- json, not jsonb: documents are kept as they were written.
create table change (
    revision bigint not null references revision (number) on delete cascade,
    kind text not null check (kind in ('route', 'defaults')),
    id text not null,
    before json,
    after json,
    primary key (revision, kind, id)
);

create index change_history on change (kind, id, revision);

-- The routes of the latest revision. match_key is a digest of what the route matches: an index entry has a longest length,
-- a match has none. It is checked at commit, so that one import can swap the matches of two routes.
create table route (
    id text primary key,
    document json not null check (json_typeof(document) = 'object'),
    match_key text not null,
    revision bigint not null,
    constraint route_match_is_unique unique (match_key) deferrable initially deferred
);

-- The defaults of the latest revision, in a table of one row.
create table defaults (
    document json not null check (json_typeof(document) = 'object'),
    revision bigint not null,
    only_row boolean primary key default true check (only_row)
);

insert into defaults (document, revision) values ('{}', 0);
