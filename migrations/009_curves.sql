-- Curves: what markets quote by name, date and tenor, and the curves that these make, built anew whenever a quote changes.
-- A curve that comes from elsewhere is inserted as it is.
BEGIN;
SET LOCAL client_min_messages = warning;

CREATE TABLE IF NOT EXISTS curve_quotes (
    name  varchar(50) NOT NULL,
    date  date NOT NULL,
    tenor text NOT NULL,
    rate  float8 NOT NULL CHECK (rate > '-infinity' AND rate < 'infinity'),
    kind  text NOT NULL DEFAULT 'par',
    PRIMARY KEY (name, date, tenor)
);

ALTER TABLE curve_quotes ADD COLUMN IF NOT EXISTS conventions text NOT NULL DEFAULT 'plain';

CREATE TABLE IF NOT EXISTS curves (
    name  varchar(50) NOT NULL,
    date  date NOT NULL,
    curve curve NOT NULL,
    PRIMARY KEY (name, date),
    CONSTRAINT dated_as_its_curve CHECK (date = curve_date(curve))
);

COMMENT ON TABLE curve_quotes IS 'One quote per curve, day and tenor. Deposits, FRAs, futures, swaps and OIS mix on a curve; quotes of another kind stand alone. All of a curve''s quotes on a day have the same conventions.';
COMMENT ON COLUMN curve_quotes.tenor IS 'Such as 3M, 10Y, 1Y6M, 2W, ON; 3Mx6M of a FRA; of a future the IMM day, such as Z6, or the date on which it starts.';
COMMENT ON COLUMN curve_quotes.rate IS 'A decimal: 0.0436 is 4.36 %. A discount factor where the kind is discount, a price where it is future.';
COMMENT ON COLUMN curve_quotes.kind IS 'A name of curve_kinds(): par (half-yearly bonds, below a year bills), zero (continuous), discount; deposit, fra, future, swap, ois.';
COMMENT ON COLUMN curve_quotes.conventions IS 'Of deposits, FRAs, futures, swaps and OIS, a name of curve_conventions().';
COMMENT ON TABLE curves IS 'One curve per name and day. Those with quotes follow them, but for a TRUNCATE.';

-- Writers of one curve take turns, before they look: the later one sees the quotes of the earlier one.
CREATE OR REPLACE FUNCTION follow_curve_quotes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    names text[];
    dates date[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(name), array_agg(date) INTO names, dates FROM (SELECT name, date FROM changed UNION SELECT name, date FROM gone) AS days;
    ELSE
        SELECT array_agg(name), array_agg(date) INTO names, dates FROM (SELECT DISTINCT name, date FROM changed) AS days;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('curve_quotes ' || name, 0)) FROM (SELECT DISTINCT name FROM unnest(names) AS name ORDER BY name) AS turns;
    DELETE FROM curves c USING unnest(names, dates) AS d (name, date)
    WHERE c.name = d.name AND c.date = d.date
        AND NOT EXISTS (SELECT FROM curve_quotes q WHERE q.name = d.name AND q.date = d.date);
    INSERT INTO curves (name, date, curve)
    SELECT q.name, q.date, curve_agg(q.date, q.tenor, q.rate, q.kind, 'flat_forward', q.conventions)
    FROM curve_quotes q
    JOIN unnest(names, dates) AS d (name, date) USING (name, date)
    GROUP BY q.name, q.date
    ON CONFLICT (name, date) DO UPDATE SET curve = excluded.curve;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION follow_curve_quotes() IS 'Builds anew the curves whose quotes have changed, and removes those that have none left.';

CREATE OR REPLACE TRIGGER curves_follow_insert AFTER INSERT ON curve_quotes
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_curve_quotes();
CREATE OR REPLACE TRIGGER curves_follow_delete AFTER DELETE ON curve_quotes
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_curve_quotes();
CREATE OR REPLACE TRIGGER curves_follow_update AFTER UPDATE ON curve_quotes
    REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_curve_quotes();

COMMIT;
