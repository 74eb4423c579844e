-- Ratings: bonds.credit_rating stays the free text it was delivered as; this view reads it.
BEGIN;
SET LOCAL client_min_messages = warning;

CREATE OR REPLACE VIEW bond_ratings AS
SELECT i.id, i.isin, n.portfolio_id, n.issuer_name, n.sector, i.currency, n.notional, n.credit_rating, r.rating,
       rating_notch(r.rating) AS notch, rating_is_investment_grade(r.rating) AS investment_grade
FROM bonds n
JOIN instruments i USING (id)
CROSS JOIN LATERAL rating_or_null(n.credit_rating) AS r (rating);

COMMENT ON VIEW bond_ratings IS 'Every bond with its credit rating read as one: rating >= ''BBB-'' is BBB- and above. '
    'What cannot be read, NR for one, is NULL; the text stands beside it.';

-- By currency, as notionals in different currencies do not add up.
CREATE OR REPLACE VIEW portfolio_ratings AS
SELECT portfolio_id, currency, rating_average(rating, notional) AS average_rating, rating_warf(rating, notional) AS rating_factor,
       min(rating) AS worst_rating, max(rating) AS best_rating,
       coalesce(sum(notional) FILTER (WHERE investment_grade), 0) / nullif(sum(notional), 0) AS investment_grade_share,
       count(*) FILTER (WHERE rating IS NULL) AS unrated
FROM bond_ratings
GROUP BY portfolio_id, currency;

COMMENT ON VIEW portfolio_ratings IS 'Every portfolio and currency with its average rating by notional, the weighted average rating factor, '
    'worst and best rating, the share of notional that is rated investment grade, and how many bonds are not rated.';

COMMIT;
