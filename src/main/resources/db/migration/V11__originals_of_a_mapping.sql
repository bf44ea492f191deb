-- The newest originals of a mapping, on which another version of it is tried.
CREATE INDEX source_document_mapping ON source_document (mapping, id);
