package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.Choice;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Rates.Rate;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.ledger.Ledger;
import io.waybill.measure.Money;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A platform with several accounts of one carrier prices a service more than once. */
class EachOnceTest {
    private static final DispatchSettings SETTINGS = Waits.of(
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            3,
            Duration.ofSeconds(8));

    private record Platform(FakeCarrier itself) implements Carrier, Rates {
        @Override
        public IdempotencyClass idempotency() {
            return itself.idempotency();
        }

        @Override
        public Prepared prepare(Shipment shipment, Ref ref) {
            return itself.prepare(shipment, ref);
        }

        @Override
        public Outcome buy(Prepared prepared) {
            return itself.buy(prepared);
        }

        @Override
        public Found find(Ref ref) {
            return itself.find(ref);
        }

        @Override
        public Fetched fetch(ShipmentId id, LabelRequest request) {
            return itself.fetch(id, request);
        }

        @Override
        public List<Rate> rates(Shipment shipment) {
            return List.of(
                    Rate.excluded("*", "a third account is not known"),
                    priced("ground", "6.03", "USD"),
                    priced("ground", "5.93", "USD"),
                    priced("ground", "1.00", "EUR"),
                    Rate.excluded("air", "no such packaging"),
                    priced("air", "9.00", "USD"));
        }
    }

    @Test
    void a_service_has_the_price_its_label_is_bought_at_wherever_it_is_told() {
        try (Ledger ledger = OneOrder.ledger()) {
            Rating rating = new Rating(ledger, new Accounts(List.of(account())), SETTINGS);
            Compared compared = rating.compare(
                    PricedByAnyNameTest.order(), new Choice.Fixed("platform", "fake", "ground", "service map"));
            rating.close();

            assertThat(compared.quotes())
                    .extracting(quoted ->
                            quoted.rate().service() + " " + quoted.rate().total())
                    .containsExactly("ground 5.93 USD", "air 9.00 USD", "* null");
            assertThat(String.valueOf(compared.cheapest())).contains("service=ground", "total=5.93 USD");
            assertThat(String.valueOf(compared.today())).contains("service=ground", "total=5.93 USD");
        }
    }

    @Test
    void pieces_are_added_up_at_the_lowest_price_of_each() {
        List<Rate> piece = List.of(priced("ground", "6.03", "USD"), priced("ground", "5.93", "USD"));

        assertThat(SummedRates.of(List.of(EachOnce.of(piece), EachOnce.of(piece))))
                .singleElement()
                .satisfies(rate -> assertThat(String.valueOf(rate.total())).isEqualTo("11.86 USD"));
    }

    private static Account account() {
        Carrier carrier = new Platform(new FakeCarrier(IdempotencyClass.A, "5"));
        return FakeCarrier.account("platform", carrier, "on_creation", Aftercare.DEFAULT);
    }

    private static Rate priced(String service, String amount, String currency) {
        return new Rate(service, List.of(), Money.of(amount, currency), 3, null, null);
    }
}
