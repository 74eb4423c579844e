-- Curves: what markets quote by name, date and tenor, and the curves that these make, built anew
-- whenever a quote changes. A curve that comes from elsewhere is inserted as it is.
\ir common/begin.sql

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

COMMENT ON TABLE curve_quotes IS 'One quote per curve, day and tenor. Deposits, FRAs, futures, '
    'swaps and OIS mix on a curve; quotes of another kind stand alone. All of a curve''s quotes on '
    'a day have the same conventions.';
COMMENT ON COLUMN curve_quotes.tenor IS 'Such as 3M, 10Y, 1Y6M, 2W, ON; 3Mx6M of a FRA; of a '
    'future the IMM day, such as Z6, or the date on which it starts.';
COMMENT ON COLUMN curve_quotes.rate IS 'A decimal: 0.0436 is 4.36 %. A discount factor where the '
    'kind is discount, a price where it is future.';
COMMENT ON COLUMN curve_quotes.kind IS 'A name of curve_kinds(): par (half-yearly bonds, below a '
    'year bills), zero (continuous), discount; deposit, fra, future, swap, ois.';
COMMENT ON COLUMN curve_quotes.conventions IS 'Of deposits, FRAs, futures, swaps and OIS, a name '
    'of curve_conventions().';
COMMENT ON TABLE curves IS 'One curve per name and day. Those with quotes follow them, but for a '
    'TRUNCATE.';

-- What tables are made from, and how often it has changed: the quotes of each curve, and what
-- live_risk reads. A transaction whose snapshot is older than the last change of what it makes rows
-- from fails with 40001, and is right when it is tried again.
CREATE TABLE IF NOT EXISTS input_versions (
    kind    text NOT NULL,
    name    text NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (kind, name)
);
COMMENT ON TABLE input_versions IS 'How often what curves and live_risk are made from has changed, '
    'so that no REPEATABLE READ transaction makes them from what it no longer is. Written by '
    'triggers only.';

-- Locked in the order of their names, so that no two wait for each other.
CREATE OR REPLACE FUNCTION count_changes(kind text, names text[]) RETURNS void
    LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM FROM input_versions v WHERE v.kind = $1 AND v.name = ANY (names) ORDER BY v.name FOR
        UPDATE;
    UPDATE input_versions v SET version = version + 1 WHERE v.kind = $1 AND v.name = ANY (names);
    INSERT INTO input_versions (kind, name) SELECT DISTINCT $1, n FROM unnest(names)
        AS n ON CONFLICT DO NOTHING;
END
$$;
COMMENT ON FUNCTION count_changes(text, text[]) IS 'counts a change of these inputs; 40001 if the '
    'caller''s snapshot is older than their last';
REVOKE ALL ON FUNCTION count_changes(text, text[]) FROM PUBLIC;

-- A data-only restore brings the rows of these tables after what they are made from, when triggers
-- have made them already.
CREATE OR REPLACE FUNCTION leave_out_what_is_there() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off AS $$
DECLARE
    there boolean;
BEGIN
    IF TG_TABLE_NAME = 'curves' THEN
        there := EXISTS (SELECT FROM curves c JOIN curve_quotes q USING (name, date)
                         WHERE c.name = NEW.name AND c.date = NEW.date AND c.curve = NEW.curve);
    ELSIF TG_TABLE_NAME = 'live_risk' THEN
        there := EXISTS (SELECT FROM live_risk r
                         WHERE r.portfolio_key = NEW.portfolio_key AND r.currency = NEW.currency
                             AND r.curve = NEW.curve);
    ELSE
        there := EXISTS (SELECT FROM input_versions v WHERE v.kind = NEW.kind AND v.name =
            NEW.name);
    END IF;
    IF there THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION leave_out_what_is_there() IS 'Leaves out an inserted row that triggers have '
    'made already: of curves the very curve that its quotes make.';
REVOKE ALL ON FUNCTION leave_out_what_is_there() FROM PUBLIC;

CREATE OR REPLACE TRIGGER leave_out BEFORE INSERT ON input_versions FOR EACH ROW EXECUTE FUNCTION
    leave_out_what_is_there();
CREATE OR REPLACE TRIGGER leave_out BEFORE INSERT ON curves FOR EACH ROW EXECUTE FUNCTION
    leave_out_what_is_there();

-- Statements that change rows of the same tables run one after the other, for each meets its rows
-- in an order of its own: two that upsert the same quotes would wait for each other. Only for the
-- statement, so that a transaction that idles holds up nobody but those who change its rows; and
-- only a transaction's first one waits, that holds no row for which another may wait. The argument
-- names the tables that are taken together.
CREATE OR REPLACE FUNCTION statement_begins() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off AS $$
BEGIN
    IF TG_ARGV[0] = 'bonds' AND NOT EXISTS (SELECT FROM live_curves) THEN
        RETURN NULL;
    END IF;
    IF pg_trigger_depth() = 1 AND pg_current_xact_id_if_assigned() IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(TG_ARGV[0],
            'curves'::regclass::oid::bigint));
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION statement_begins() IS 'Waits for the statements of others that change rows of '
    'the same tables.';
REVOKE ALL ON FUNCTION statement_begins() FROM PUBLIC;

CREATE OR REPLACE FUNCTION statement_ends() RETURNS trigger LANGUAGE plpgsql SET search_path
    FROM CURRENT AS $$
BEGIN
    IF pg_trigger_depth() = 1 THEN
        PERFORM advisory_xact_unlock(hashtextextended(TG_ARGV[0], 'curves'::regclass::oid::bigint));
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION statement_ends() IS 'Lets the next statement begin that changes rows of the '
    'same tables; the last trigger of its event.';
REVOKE ALL ON FUNCTION statement_ends() FROM PUBLIC;

CREATE OR REPLACE TRIGGER statement_begins BEFORE INSERT OR UPDATE OR DELETE ON curve_quotes
    FOR EACH STATEMENT EXECUTE FUNCTION statement_begins('curves');
CREATE OR REPLACE TRIGGER statement_begins BEFORE INSERT OR UPDATE OR DELETE ON curves
    FOR EACH STATEMENT EXECUTE FUNCTION statement_begins('curves');
CREATE OR REPLACE TRIGGER statement_ends AFTER INSERT OR UPDATE OR DELETE ON curve_quotes
    FOR EACH STATEMENT EXECUTE FUNCTION statement_ends('curves');
CREATE OR REPLACE TRIGGER statement_ends AFTER INSERT OR UPDATE OR DELETE ON curves
    FOR EACH STATEMENT EXECUTE FUNCTION statement_ends('curves');

-- As the tables' owner, who sees every quote: who may write quotes need not be one who may write
-- curves.
CREATE OR REPLACE FUNCTION follow_curve_quotes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off AS $$
DECLARE
    names text[];
    dates date[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(name), array_agg(date) INTO names, dates
        FROM (SELECT name, date FROM (TABLE changed EXCEPT TABLE gone) AS n UNION SELECT name, date
            FROM (TABLE gone EXCEPT TABLE changed) AS o) AS days;
    ELSE
        SELECT array_agg(name), array_agg(date) INTO names, dates FROM (SELECT DISTINCT name, date
            FROM changed) AS days;
    END IF;
    IF names IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM count_changes('quotes', names);
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

COMMENT ON FUNCTION follow_curve_quotes() IS 'Builds anew the curves whose quotes have changed, '
    'and removes those that have none left.';
REVOKE ALL ON FUNCTION follow_curve_quotes() FROM PUBLIC;

CREATE OR REPLACE TRIGGER curves_follow_insert AFTER INSERT ON curve_quotes
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_curve_quotes();
CREATE OR REPLACE TRIGGER curves_follow_delete AFTER DELETE ON curve_quotes
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_curve_quotes();
CREATE OR REPLACE TRIGGER curves_follow_update AFTER UPDATE ON curve_quotes
    REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION
        follow_curve_quotes();

COMMIT;
