-- Quotes: what each security was worth on each day, whoever holds it. One statement marks every
-- holding:
--
--   UPDATE bonds SET price = q.price FROM instruments i JOIN quotes q USING (isin)
--   WHERE i.id = bonds.id AND q.quote_date = '2026-03-24'
\ir common/begin.sql

CREATE TABLE IF NOT EXISTS quotes (
    isin       isin NOT NULL,
    quote_date date NOT NULL,
    price      float8 NOT NULL CHECK (price > 0 AND price < 'infinity'),
    source     text,
    PRIMARY KEY (isin, quote_date)
);

CREATE INDEX IF NOT EXISTS idx_quotes_date ON quotes (quote_date);

COMMENT ON TABLE quotes IS 'One price per security and day.';
COMMENT ON COLUMN quotes.price IS 'Clean price per 100 face.';
COMMENT ON COLUMN quotes.source IS 'Who quoted it.';

COMMIT;
