-- Up Migration

-- What came with the answer, for whoever looks for the cause. json and not jsonb: in the order in which it came. Null when
-- no answer came, and for attempts made before this column was.
alter table webhook_attempts add column response_headers json;
