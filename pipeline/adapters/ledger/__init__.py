"""The ledger: what the pipeline knows, in SQL. SQLAlchemy and Alembic are known in this folder only.

`opening` finds or makes the database, `migrating` brings it up to date, `database` holds transactions and errors,
`schema` the tables; one file for each part of the port: `mail` (with `known`), `candidatures`, `outbox` (with
`requests`), `memory`, `journal`, `erasing`.
"""

from pipeline.adapters.ledger.opening import SqlLedger, open_ledger, set_aside
from pipeline.adapters.ledger.schema import LATEST

__all__ = ["LATEST", "SqlLedger", "open_ledger", "set_aside"]
