package io.waybill.ledger;

import io.waybill.problem.Code;

/** What can be wrong with the store itself. */
public enum LedgerCode implements Code {
    LEDGER_UNREACHABLE,
    LEDGER_IN_USE,
    LEDGER_NOT_DURABLE,
    LEDGER_NOT_UTF8,
    LEDGER_NOT_ALLOWED,
    LEDGER_POOLED,
    LEDGER_NOT_BROUGHT_UP,
    LEDGER_OF_A_NEWER_HUB,
    LEDGER_IS_AHEAD,
    NODE_NAME_TAKEN,
    NO_ORDER_TO_ERASE,
    ORDER_STILL_OPEN,
    BACKUP_FAILED,
    BACKUP_NEEDS_PG_DUMP,
    BACKUP_WITHOUT_ROOM,
    BACKUP_UNREADABLE,
    BACKUP_OF_A_NEWER_HUB,
    DATABASE_PRESENT,
    RESTORE_BY_PG_RESTORE,
    RESTORE_NOT_DONE
}
