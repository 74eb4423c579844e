-- What does a program get that sends a portfolio as JSON and asks for its measures?
-- Coupons and yields in basis points, money in cents; the random id is left out.
\pset format unaligned
\pset tuples_only on
SELECT jsonb_pretty(analyze_portfolio('[
  {"isin": "US0378331005", "issueDate": "2023-01-15", "maturityDate": "2033-01-15", "couponRate": 500,
   "faceValue": 100000, "marketValue": 95000, "paymentTerm": "semiannual", "quantity": 10},
  {"isin": "US5949181045", "issueDate": "2022-06-01", "maturityDate": "2032-06-01", "couponRate": 650,
   "faceValue": 100000, "marketValue": 105000, "paymentTerm": "semiannual", "quantity": 5}
]', date '2026-03-24') - 'id') AS analysis;
