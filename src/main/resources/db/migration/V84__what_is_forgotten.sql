-- An order that is forgotten takes along what was rejected of it, and what people were told of that.

CREATE INDEX rejection_replaced ON rejection (replaced_by);
CREATE INDEX exception_subject ON exception (subject_id);
