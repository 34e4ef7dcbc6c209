"""Large sets of data, on a PostgreSQL server of their own. Sizes: LONG_REPORT_CALLS, LONG_INGEST_CALLS, LONG_REBUILD_CALLS."""
