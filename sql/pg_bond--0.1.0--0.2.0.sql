-- From 0.1.0 to 0.2.0: every change of declarations since the release, as statements that turn the
-- catalogue of 0.1.0 into that of a fresh install. pg_test/upgrade.rs compares the two.
\echo Use "ALTER EXTENSION pg_bond UPDATE" to load this file. \quit
