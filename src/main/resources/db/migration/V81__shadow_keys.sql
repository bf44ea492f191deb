-- A number is one of its namespace: what was kept under the number alone is found again by both.
UPDATE shadow_document SET document_key = 'number/' || namespace || '/' || order_id WHERE document_key = 'order/' || order_id;
