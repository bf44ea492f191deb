package io.waybill.ledger;

class AttemptCarrierOnPostgresTest extends AttemptCarrierContract {
    @Override
    Database empty() {
        return Stores.emptyPostgres();
    }
}
