package io.waybill.ledger;

class OldEventsOnPostgresTest extends OldEventsContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
