-- Ratings: bonds.credit_rating stays the free text it was delivered as; this view reads it.
\ir common/begin.sql

CREATE OR REPLACE VIEW bond_ratings :invoker AS
SELECT i.id, i.isin, n.portfolio_id, n.issuer_name, n.sector, i.currency, n.notional,
    n.credit_rating, r.rating::text AS rating,
       rating_notch(r.rating) AS notch, rating_is_investment_grade(r.rating) AS investment_grade
FROM bonds n
JOIN instruments i USING (id, portfolio_key, instrument_type, notional)
CROSS JOIN LATERAL rating_or_null(n.credit_rating) AS r (rating);

COMMENT ON VIEW bond_ratings IS 'Every bond with its credit rating read as one, as text and as a '
    'notch. What cannot be read, NR for one, is NULL; '
    'credit_rating is the text as it was delivered.';
COMMENT ON COLUMN bond_ratings.rating IS 'The rating that was read, as text. Compare by notch: '
    'notch <= 10 is BBB- and above.';
COMMENT ON COLUMN bond_ratings.notch IS '1 for AAA or Aaa, 10 for BBB- or Baa3, to 22 for D: the '
    'better the credit, the lower.';

-- By currency, as notionals in different currencies do not add up.
CREATE OR REPLACE VIEW portfolio_ratings :invoker AS
SELECT g.portfolio_id, g.currency, g.average::text AS average_rating, rating_notch(g.average)
    AS average_notch, g.rating_factor,
       g.worst::text AS worst_rating, rating_notch(g.worst) AS worst_notch, g.best::text
           AS best_rating, rating_notch(g.best) AS best_notch,
       g.investment_grade_share, g.unrated
FROM (
    SELECT r.portfolio_id, r.currency, rating_average(r.rating, r.notional) AS average,
        rating_warf(r.rating, r.notional) AS rating_factor,
           min(r.rating) AS worst, max(r.rating) AS best,
           coalesce(sum(r.notional) FILTER (WHERE rating_is_investment_grade(r.rating)),
               0) / nullif(sum(r.notional), 0) AS investment_grade_share,
           count(*) FILTER (WHERE r.rating IS NULL) AS unrated
    FROM (SELECT portfolio_id, currency, notional, rating_or_null(credit_rating) AS rating
        FROM bond_ratings) r
    GROUP BY r.portfolio_id, r.currency
) g;

COMMENT ON VIEW portfolio_ratings IS 'Every portfolio and currency with its average rating by '
    'notional, the weighted average rating factor, '
    'worst and best rating, each as text and as a notch (1 for AAA to 22 for D), the share of '
        'notional that is rated investment grade, and how '
    'many bonds are not rated.';

COMMIT;
