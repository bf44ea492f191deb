package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LikeFake;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Shipment;
import io.waybill.dispatch.DispatchSettings;
import io.waybill.dispatch.Waits;
import io.waybill.intake.Taken;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.QuoteBook.Quote;
import io.waybill.ledger.QuotesOf;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A carrier that hangs or breaks before anything is sold costs nobody else, and a person learns of it. */
class StubbornCarrierTest {
    private static final DispatchSettings HASTE = Waits.of(
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofMillis(10),
            Duration.ofMillis(20),
            3,
            Duration.ofSeconds(2));

    @TempDir
    Path folder;

    private final FakeCarrier good = new FakeCarrier(IdempotencyClass.A, "8.10");
    private final Stubborn stubborn = new Stubborn();
    private Rig rig;

    @AfterEach
    void stop() {
        stubborn.patience.countDown();
        rig.close();
    }

    @Test
    void a_price_that_does_not_come_in_time_holds_up_no_choice_and_is_kept_as_excluded() {
        rig = Rig.start(Stores.h2(folder), HASTE, account("hangs"), FakeCarrier.account("fake", good));

        ShipmentRow shipment = rig.settled(rig.take(cheapest("C-1")), ShipmentState.LABELLED);

        assertThat(shipment.account()).isEqualTo("fake");
        assertThat(quotes(shipment))
                .extracting(Quote::account, Quote::excluded, Quote::chosen)
                .containsExactlyInAnyOrder(tuple("hangs", "no answer in time", false), tuple("fake", null, true));
    }

    @Test
    void a_price_of_nothing_or_less_is_no_price_and_not_the_cheapest() {
        FakeCarrier unrated = new FakeCarrier(IdempotencyClass.A, "0.00");
        FakeCarrier pays = new FakeCarrier(IdempotencyClass.A, "-1.00");
        rig = Rig.start(
                Stores.h2(folder),
                FakeCarrier.account("unrated", unrated),
                FakeCarrier.account("pays", pays),
                FakeCarrier.account("fake", good));

        ShipmentRow shipment = rig.settled(rig.take(cheapest("C-0")), ShipmentState.LABELLED);

        assertThat(shipment.account()).isEqualTo("fake");
        assertThat(quotes(shipment))
                .extracting(Quote::account, Quote::excluded)
                .containsExactlyInAnyOrder(
                        tuple("unrated", "no price came: 0.00 USD"),
                        tuple("pays", "no price came: -1.00 USD"),
                        tuple("fake", null));
    }

    @Test
    void an_adapter_that_breaks_on_a_price_is_excluded_and_the_others_compared() {
        stubborn.breaksOnPrices = true;
        rig = Rig.start(Stores.h2(folder), account("breaks"), FakeCarrier.account("fake", good));

        ShipmentRow shipment = rig.settled(rig.take(cheapest("C-2")), ShipmentState.LABELLED);

        assertThat(quotes(shipment)).extracting(Quote::excluded).containsExactlyInAnyOrder("the adapter broke", null);
    }

    @Test
    void a_carrier_that_says_no_in_more_words_than_fit_keeps_nobody_from_buying() {
        stubborn.refusesAtLength = true;
        rig = Rig.start(Stores.h2(folder), account("talks"), FakeCarrier.account("fake", good));

        ShipmentRow shipment = rig.settled(rig.take(cheapest("C-3")), ShipmentState.LABELLED);

        assertThat(shipment.account()).isEqualTo("fake");
        assertThat(quotes(shipment))
                .extracting(Quote::excluded)
                .containsExactlyInAnyOrder("no ".repeat(167).substring(0, 500), null);
    }

    @Test
    void why_no_account_has_a_price_is_kept_when_a_person_is_told() {
        stubborn.refusesAtLength = true;
        rig = Rig.start(Stores.h2(folder), account("fake"));

        Taken taken = rig.take(cheapest("C-4"));
        await().until(() -> !rig.exceptions().isEmpty());
        assertThat(rig.exceptions().get(0).reason()).isEqualTo("no-rate");
        assertThat(quotes(rig.shipment(taken)))
                .extracting(Quote::account, Quote::chosen)
                .containsExactly(tuple("fake", false));
    }

    @Test
    void a_purchase_whose_preparing_ends_in_an_error_is_told_to_a_person_too_and_waits_between_its_tries() {
        stubborn.overflows = true;
        rig = Rig.start(Stores.h2(folder), HASTE, account("fake"));
        Taken taken = rig.take(Rig.order("P-2", "1"));
        await().until(() -> !rig.exceptions().isEmpty());

        assertThat(rig.exceptions().get(0).problems()).contains("purchase-failed", "too deep for this carrier");
        assertThat(rig.attempts(rig.shipment(taken))).as("nothing was sent").isEmpty();
        assertThat(stubborn.prepared.get()).isLessThan(50);

        stubborn.overflows = false;

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void a_purchase_that_cannot_be_prepared_is_told_to_a_person_after_a_few_tries_and_closed_by_its_label() {
        stubborn.breaksOnPurchases = true;
        rig = Rig.start(Stores.h2(folder), HASTE, account("fake"));
        Taken taken = rig.take(Rig.order("P-1", "1"));
        await().until(() -> !rig.exceptions().isEmpty());

        ExceptionBook.Row row = rig.exceptions().get(0);
        assertThat(row.reason()).isEqualTo("purchase-failed");
        assertThat(row.problems()).contains("purchase-failed", "no template for this country", "P-1");
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.READY);
        assertThat(rig.attempts(rig.shipment(taken))).as("nothing was sent").isEmpty();
        assertThat(stubborn.prepared.get()).isGreaterThanOrEqualTo(3);

        stubborn.breaksOnPurchases = false;

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(rig.exceptions()).isEmpty();
    }

    private static ObjectNode cheapest(String number) {
        return Rig.order(number, "1").put("service", "cheapest");
    }

    private List<Quote> quotes(ShipmentRow shipment) {
        return rig.ledger.read(tx -> QuotesOf.shipment(tx, shipment));
    }

    private Account account(String name) {
        return new Account(name, "fake", stubborn, Set.of(), 1, Duration.ofMillis(50), "on_creation", false);
    }

    /** Sells like any other once it gives in. */
    private static final class Stubborn implements LikeFake, Rates {
        final CountDownLatch patience = new CountDownLatch(1);
        volatile boolean breaksOnPrices;
        volatile boolean breaksOnPurchases;
        volatile boolean overflows;
        volatile boolean refusesAtLength;
        final AtomicInteger prepared = new AtomicInteger();

        private final FakeCarrier fake = new FakeCarrier(IdempotencyClass.A, "1.00");

        @Override
        public FakeCarrier fake() {
            return fake;
        }

        @Override
        public List<Rate> rates(Shipment shipment) {
            if (breaksOnPrices) {
                throw new IllegalStateException("a rate sheet with a hole");
            }
            if (refusesAtLength) {
                return List.of(Rate.excluded("*", "no ".repeat(200)));
            }
            try {
                patience.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return fake.rates(shipment);
        }

        @Override
        public Prepared prepare(Shipment shipment, Ref ref) {
            prepared.incrementAndGet();
            if (overflows) {
                throw new StackOverflowError("too deep for this carrier");
            }
            if (breaksOnPurchases) {
                throw new IllegalStateException("no template for this country");
            }
            return fake.prepare(shipment, ref);
        }
    }
}
