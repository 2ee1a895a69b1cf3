-- How each revision came to be, and what became of it.
alter table revision
    add column cause text not null default 'edit'
        check (cause in ('edit', 'import', 'batch', 'draft', 'restore', 'revert', 'auto-revert')),
    -- The revision that a restore went back to, or that a revert took back.
    add column cause_revision bigint,
    -- A confirmed revision is live while it is the latest one.
    add column state text not null default 'confirmed' check (state in ('confirmed', 'unconfirmed', 'reverted'));

update revision set cause = 'import' where author = 'routes import';

create index revision_author on revision (author, number);
