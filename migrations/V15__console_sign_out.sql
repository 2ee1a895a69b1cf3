-- Sessions of the console that operators ended. Nodes refuse their cookies; sessions themselves are signed and not stored.
create table console_sign_out (
    session text primary key,
    at timestamptz not null default now()
);
