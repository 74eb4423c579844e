-- Portfolios, with the ten strategies a new book starts from. Apply the files in order, as the
-- tables' owner: psql -v ON_ERROR_STOP=1 -f migrations/001_portfolios.sql …
\ir common/begin.sql

CREATE TABLE IF NOT EXISTS portfolios (
    id              varchar(50) PRIMARY KEY CHECK (id <> ''),
    name            varchar(200) NOT NULL,
    description     text,
    strategy_type   varchar(50),
    benchmark       varchar(100),
    target_duration numeric(5,2),
    created_at      timestamptz DEFAULT now()
);

COMMENT ON TABLE portfolios IS 'Groups of holdings that are managed and measured together.';
COMMENT ON COLUMN portfolios.benchmark IS 'Name of the index the portfolio is measured against.';
COMMENT ON COLUMN portfolios.target_duration IS 'Modified duration aimed at, in years.';

INSERT INTO portfolios (id, name, description, strategy_type, benchmark, target_duration) VALUES
    ('IG_CREDIT',   'Investment Grade Credit',    'BBB- and above corporate bonds',    'Long-Only',
        'Bloomberg US Corp IG',    5.5),
    ('HIGH_YIELD',  'High Yield Credit',          'Below investment grade corporates', 'Long-Only',
        'Bloomberg US HY',         4.0),
    ('US_GOVT',     'US Government',              'US Treasury securities',
        'Duration-Matched', 'Bloomberg US Treasury',   6.0),
    ('TECH_SECTOR', 'Technology Sector',          'Technology company bonds',
        'Sector Focus',     'Custom Tech Index',       4.5),
    ('FINANCIALS',  'Financial Institutions',     'Bank and financial bonds',
        'Sector Focus',     'Custom Financials Index', 4.0),
    ('CONSUMER',    'Consumer Discretionary',     'Consumer sector bonds',
        'Sector Focus',     'Custom Consumer Index',   5.0),
    ('HEALTHCARE',  'Healthcare & Pharma',        'Healthcare company bonds',
        'Sector Focus',     'Custom Healthcare Index', 5.5),
    ('ENERGY',      'Energy & Utilities',         'Energy and utility bonds',
        'Sector Focus',     'Custom Energy Index',     6.0),
    ('TELECOM',     'Telecom & Media',            'Telecom and media bonds',
        'Sector Focus',     'Custom TMT Index',        5.0),
    ('EM_CORP',     'Emerging Markets Corporate', 'USD EM corporate bonds',
        'Emerging Markets', 'JPM CEMBI',               4.5)
ON CONFLICT (id) DO NOTHING;

COMMIT;
