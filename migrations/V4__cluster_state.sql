-- What nodes tell of themselves, and since when an override holds. Columns may be null: nodes of an earlier version write none.

-- The moment of the operator's decision: an override that reaches PostgreSQL late gives way to a later decision.
alter table forced_circuit add column at timestamptz not null default now();

-- What the node serves, and the documents that it rejects: [{"id": …, "reason": …}].
alter table node
    add column revision bigint,
    add column source text,
    add column rejected json;
