package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.billing.Billing;
import io.waybill.billing.Content;
import io.waybill.billing.Handed;
import io.waybill.billing.Reconciled;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.dispatch.Resolution;
import io.waybill.intake.Taken;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.ledger.VarianceBook;
import io.waybill.mapping.Mappings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A label nobody could account for, until the carrier's invoice names it. */
class BilledLabelTest {
    private static final String HEAD = "Bill to Account Number,Invoice Date,Invoice Number,Original Amount Due,"
            + "Ground Tracking ID Prefix,Express or Ground Tracking ID,Transportation Charge Amount,Net Charge Amount,"
            + "Shipment Date,Tracking ID Charge Description,Tracking ID Charge Amount,Original Customer Reference\n";

    @TempDir
    Path folder;

    @Test
    void an_exception_that_waits_for_a_bill_is_closed_by_it_and_the_bill_is_told_from_the_label_that_was_chosen() {
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.C, "8.10");
        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);
        Account account = FakeCarrier.account("fake", carrier);
        try (Rig rig = Rig.start(Stores.h2(folder), account)) {
            Taken taken = rig.take(Rig.order("SO-1", "2"));
            rig.settled(taken, ShipmentState.REVIEW);
            rig.dispatch.resolve(
                    taken.orderUid(),
                    new Resolution(Resolution.Action.BUY_ANYWAY, "the truck leaves", null, null, null),
                    Namespaces.ALL,
                    "pat");
            ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
            assertThat(rig.exceptions()).extracting(row -> row.reason()).containsExactly("bought-anyway");
            AttemptRow first = rig.attempts(shipment).get(0);
            String day = LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE);
            String chosen =
                    rig.ledger.read(tx -> tx.numbers().tracking(shipment.id())).get(0);
            String bill = HEAD
                    + "1,%1$s,F-1,16.20,,%2$s,8.10,8.10,%1$s,,,%3$s\n".formatted(day, chosen, first.orderNumber())
                    + "1,%1$s,F-1,16.20,,UNHEARD,7.10,8.10,%1$s,Fuel Surcharge,1.00,%2$s\n"
                            .formatted(day, first.orderNumber());
            Billing billing = new Billing(
                    rig.ledger,
                    new Accounts(List.of(account)),
                    Mappings.load(folder, name -> null),
                    folder,
                    folder,
                    "n");

            var invoices = billing.take(
                            new Handed(
                                    "f.csv",
                                    Content.of(bill.getBytes(StandardCharsets.UTF_8)),
                                    "fedex",
                                    "fake",
                                    "USD",
                                    "Jane"),
                            Namespaces.ALL)
                    .invoices();

            Reconciled done = billing.reconciled(invoices.get(0).row().id(), Namespaces.ALL, 10);
            assertThat(rig.exceptions()).isEmpty();
            assertThat(done.rules()).extracting(VarianceBook.ByRule::ruleName).containsExactly("orphan-billed");
            assertThat(done.variance()).isEqualByComparingTo("8.10");
            assertThat(done.unexplained()).isEqualByComparingTo("0");
        }
    }
}
