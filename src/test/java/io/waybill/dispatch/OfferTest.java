package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Account;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Rates.Rate;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OfferTest {
    private static final Account ACCOUNT = FakeCarrier.account("a", new FakeCarrier(IdempotencyClass.A, "5"));

    private final List<Offer> offers = List.of(
            offer("slow", "10.00", 6),
            offer("middle", "12.00", 3),
            offer("quick", "30.00", 1),
            offer("untold", "11.00", null),
            new Offer(ACCOUNT, new Rate("full", List.of(), null, 1, null, "too heavy")));

    @Test
    void cheapest_fastest_and_best_value_are_three_things() {
        assertThat(best("cheapest")).isEqualTo("slow");
        assertThat(best("fastest")).isEqualTo("quick");
        // 10 + 6 × 1, 12 + 3 × 1, 30 + 1 × 1
        assertThat(best("best")).isEqualTo("middle");
    }

    @Test
    void within_so_many_days_what_is_slower_or_does_not_say_is_left_out() {
        assertThat(best("cheapest within 3 days")).isEqualTo("middle");
        assertThat(best("cheapest within 2 days")).isEqualTo("quick");
        assertThat(best("fastest within 1 day")).isEqualTo("quick");
        assertThat(best("cheapest within 0 days")).isEqualTo("nobody");
    }

    @Test
    void a_day_that_is_worth_nothing_makes_the_cheapest_the_best_and_a_precious_one_the_fastest() {
        assertThat(best("best", "0")).isEqualTo("slow");
        assertThat(best("best", "30")).isEqualTo("middle");
        assertThat(best("best", "100")).isEqualTo("quick");
    }

    @Test
    void of_what_is_worth_the_same_and_costs_the_same_the_faster_is_the_best() {
        List<Offer> same = List.of(offer("slow", "10.00", 5), offer("quick", "10.00", 2));

        assertThat(Offer.best(same, Preference.read("best").orElseThrow(), BigDecimal.ZERO))
                .contains(same.get(1));
    }

    @Test
    void what_is_too_slow_does_not_say_which_currency_is_compared() {
        Offer slow = offer("slow", "10.00", 6);
        Offer quick = new Offer(ACCOUNT, new Rate("quick", List.of(), Money.of("9.00", "EUR"), 2, null, null));

        assertThat(Offer.best(
                        List.of(slow, quick),
                        Preference.read("cheapest within 3 days").orElseThrow(),
                        BigDecimal.TEN))
                .contains(quick);
        assertThat(Offer.best(List.of(slow, quick), Preference.CHEAPEST, BigDecimal.TEN))
                .contains(slow);
    }

    @Test
    void other_words_are_no_preference() {
        assertThat(Preference.read("cheapest within days")).isEmpty();
        assertThat(Preference.read("ground")).isEmpty();
        assertThat(Preference.read(null)).isEmpty();
    }

    private String best(String words) {
        return best(words, "10");
    }

    private String best(String words, String dayWorth) {
        return Offer.best(offers, Preference.read(words).orElseThrow(), new BigDecimal(dayWorth))
                .map(offer -> offer.rate().service())
                .orElse("nobody");
    }

    private static Offer offer(String service, String price, @Nullable Integer days) {
        return new Offer(ACCOUNT, new Rate(service, List.of(), Money.of(price, "USD"), days, null, null));
    }
}
