package io.waybill.ledger;

import io.waybill.problem.Code;

/** What can be wrong with the store itself. */
public enum LedgerCode implements Code {
    LEDGER_UNREACHABLE,
    LEDGER_IN_USE,
    LEDGER_NOT_DURABLE
}
