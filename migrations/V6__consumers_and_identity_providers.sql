-- The documents of the latest revision that routes refer to.
create table entity (
    kind text not null check (kind in ('consumer', 'identity-provider')),
    id text not null,
    document json not null check (json_typeof(document) = 'object'),
    revision bigint not null,
    primary key (kind, id)
);

alter table change drop constraint change_kind_check;
alter table change add constraint change_kind_check
    check (kind in ('route', 'defaults', 'consumer', 'identity-provider'));
