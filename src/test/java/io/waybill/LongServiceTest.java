package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Rates.Rate;
import io.waybill.dispatch.Choosing;
import io.waybill.intake.Taken;
import io.waybill.ledger.QuoteBook;
import io.waybill.ledger.QuotesOf;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.measure.Money;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service is kept and bought by a code of at most 100 characters; one that is longer stands in nobody's way. */
class LongServiceTest {
    private static final String LONG = "x".repeat(150);

    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");

    @Test
    void a_price_of_a_service_with_a_longer_code_is_left_out_with_a_sentence_and_another_is_bought(
            @TempDir Path folder) {
        carrier.ratesBeside.add(new Rate(LONG, List.of(), Money.of("1.00", "USD"), 1, null, null));
        carrier.ratesBeside.add(Rate.excluded("z".repeat(150), "not today"));
        try (Rig rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", carrier))) {
            Taken taken = rig.take(Rig.order("SO-1", "1.2").put("service", "cheapest"));

            ShipmentRow label = rig.settled(taken, ShipmentState.LABELLED);

            assertThat(label.service()).isEqualTo("ground");
            List<QuoteBook.Quote> quotes = rig.ledger.read(tx -> QuotesOf.shipment(tx, label));
            assertThat(quotes)
                    .extracting(QuoteBook.Quote::service)
                    .containsExactly("ground", "x".repeat(99) + "…", "z".repeat(99) + "…");
            assertThat(quotes.get(2).excluded()).isEqualTo("not today");
            assertThat(quotes.get(1).excluded()).contains("150 characters", "at most 100");
        }
    }

    @Test
    void one_that_is_just_as_long_as_can_be_kept_is_bought(@TempDir Path folder) {
        String most = "y".repeat(100);
        carrier.ratesBeside.add(new Rate(most, List.of(), Money.of("1.00", "USD"), 1, null, null));
        try (Rig rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", carrier))) {
            Taken taken = rig.take(Rig.order("SO-2", "1.2").put("service", "cheapest"));

            assertThat(rig.settled(taken, ShipmentState.LABELLED).service()).isEqualTo(most);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"service.ground=fake:%s", "rules=all\nrule.all.account=fake\nrule.all.use=%s"})
    void a_setting_that_names_one_is_refused_as_it_is_read(String settings) {
        Accounts accounts = new Accounts(List.of(FakeCarrier.account("fake", carrier)));

        assertThatThrownBy(() -> Choosing.read(
                        Settings.of(settings.formatted(LONG) + "\n").section(""), accounts))
                .hasMessageContaining("waybill.properties:")
                .hasMessageContaining("at most 100 characters");
    }
}
