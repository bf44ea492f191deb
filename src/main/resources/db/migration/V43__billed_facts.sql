-- What a carrier's bill says beside its amounts, and what of it was not taken in as a line.
ALTER TABLE invoice_line ADD COLUMN list_amount NUMERIC(19, 4);
ALTER TABLE invoice_line ADD COLUMN tax_amount NUMERIC(19, 4);
ALTER TABLE invoice_file ADD COLUMN passed_over INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE invoice_file ADD COLUMN passed_words VARCHAR(1000);
-- Journal lines under the company of the books and with the tax in them.
ALTER TABLE journal_line ADD COLUMN company_code VARCHAR(100);
ALTER TABLE journal_line ADD COLUMN tax_amount NUMERIC(19, 4);
UPDATE journal_line SET company_code = namespace;
