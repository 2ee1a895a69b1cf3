-- Routes that operators closed for a time. Each row ends by itself; none is part of a revision.
create table maintenance (
    -- The id of a route, or * for all routes.
    route text primary key,
    until timestamptz not null,
    reason text not null,
    author text not null,
    -- Addresses and CIDR blocks whose requests pass, as a JSON list of strings.
    allow jsonb not null
);
