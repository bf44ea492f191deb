package io.waybill.ledger;

class OutboxOnPostgresTest extends OutboxContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
