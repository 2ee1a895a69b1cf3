-- More of what nodes report of themselves. Columns may be null: nodes of an earlier version write none.
alter table node
    add column name text,
    add column version text,
    -- Of the documents that the node serves.
    add column digest text,
    add column draining boolean not null default false;
