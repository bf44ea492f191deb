package io.waybill;

import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.Taken;
import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import org.junit.jupiter.api.Test;

class AnswerKeptOnPostgresTest extends AnswerKeptContract {
    @Override
    Database database() {
        return Stores.postgres();
    }

    @Test
    void a_label_that_was_sold_while_the_database_was_gone_is_on_record_once_it_is_back() {
        start(IdempotencyClass.C, Rig.PATIENCE, () -> Stores.cutOff(database));
        Taken taken;
        try {
            taken = take("K-6");
            soon().until(() -> hears("is written again"));
        } finally {
            Stores.reconnect(database);
        }

        soon().ignoreExceptions().until(() -> rig.shipment(taken).state().isSold());
        isBoughtOnce(taken);
    }
}
