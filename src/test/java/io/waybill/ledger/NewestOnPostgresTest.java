package io.waybill.ledger;

class NewestOnPostgresTest extends NewestContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
