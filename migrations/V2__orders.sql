-- What is said beside the configuration: orders of operators to a running fleet, and signs of life of its nodes. Each row
-- ends by itself; none is part of a revision.

-- The state that an operator gave the circuits of a route for a time.
create table forced_circuit (
    route text primary key,
    state text not null check (state in ('open', 'closed')),
    until timestamptz not null,
    reason text not null,
    author text not null
);

-- A bucket that an operator filled; nodes carry out what is new to them.
create table limit_reset (
    number bigint generated always as identity primary key,
    route text not null,
    bucket text not null,
    author text not null,
    at timestamptz not null default now()
);

-- The nodes that are alive.
create table node (
    id uuid primary key,
    seen timestamptz not null default now()
);
