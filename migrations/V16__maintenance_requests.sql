-- The time of the request, so that a request from an outage does not replace a later one.
alter table maintenance add column at timestamptz not null default now();
