-- The bounds that revert an unconfirmed revision before its time is over, such as errors=2%; atLeast=50.
alter table latest_revision add column guard text;

-- The requests that the node counted around the unconfirmed revision. Null without one that has bounds.
alter table node add column guard json;
