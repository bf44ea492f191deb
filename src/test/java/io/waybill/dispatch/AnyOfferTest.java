package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Account;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Rates.Rate;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Any prices, from seeds: which is taken is what one comes to by going through them by hand. More of them with {@code
 * -Dchoices.seeds=100000}, one alone with {@code -Dchoices.from=17 -Dchoices.seeds=1}.
 */
class AnyOfferTest {
    private static final FakeCarrier CARRIER = new FakeCarrier(IdempotencyClass.A, "5");

    private final long from = Long.getLong("choices.from", 1);
    private final int seeds = Integer.getInteger("choices.seeds", 600);

    @Test
    void the_price_that_is_taken_is_the_best_of_those_that_can_be_compared() {
        List<String> broken = new ArrayList<>();
        for (long seed = from; seed < from + seeds; seed++) {
            Random random = new Random(seed * 7_919_123_457L);
            List<Offer> offers = IntStream.range(0, random.nextInt(7))
                    .mapToObj(n -> offer("s" + n, random))
                    .toList();
            BigDecimal dayWorth = new BigDecimal(one(List.of("0", "5", "10", "33.3", "100"), random));
            for (String words : AnyChoiceTest.PREFERENCES) {
                Preference preference = Preference.read(words).orElseThrow();
                String told = Offer.best(offers, preference, dayWorth)
                        .map(offer -> offer.rate().service())
                        .orElse("nobody");
                String byHand = byHand(offers, preference, dayWorth);
                if (!told.equals(byHand)) {
                    broken.add("seed " + seed + ": " + words + ", a day worth " + dayWorth + " of\n"
                            + offers.stream()
                                    .map(offer -> String.valueOf(offer.rate()))
                                    .toList() + "\nby hand " + byHand
                            + ", told " + told);
                }
            }
        }
        assertThat(String.join("\n", broken)).isEmpty();
    }

    private static String byHand(List<Offer> offers, Preference preference, BigDecimal dayWorth) {
        List<Rate> able = new ArrayList<>();
        for (Offer offer : offers) {
            Rate rate = offer.rate();
            boolean inTime = preference.within() == null || (rate.days() != null && rate.days() <= preference.within());
            boolean comparable = rate.total() != null
                    && (able.isEmpty()
                            || currency(able.get(0))
                                    .equals(rate.total().currency().getCurrencyCode()));
            if (rate.excluded() == null && inTime && comparable) {
                able.add(rate);
            }
        }
        if (preference.by() == Preference.By.BEST && able.stream().anyMatch(rate -> rate.days() != null)) {
            able.removeIf(rate -> rate.days() == null);
        }
        BigDecimal least = able.stream()
                .map(AnyOfferTest::price)
                .min(Comparator.naturalOrder())
                .orElse(BigDecimal.ZERO);
        BigDecimal day = least.multiply(dayWorth).movePointLeft(2);
        Rate best = null;
        for (Rate rate : able) {
            if (best == null || isBetter(rate, best, preference.by(), day)) {
                best = rate;
            }
        }
        return best == null ? "nobody" : best.service();
    }

    /** The first of equals stays. */
    private static boolean isBetter(Rate one, Rate other, Preference.By by, BigDecimal day) {
        int price = price(one).compareTo(price(other));
        int speed = Integer.compare(days(one), days(other));
        int worth = worth(one, day).compareTo(worth(other, day));
        int[] order = switch (by) {
            case CHEAPEST -> new int[] {price, speed};
            case FASTEST -> new int[] {speed, price};
            case BEST -> new int[] {worth, price, speed};
        };
        for (int difference : order) {
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }

    private static BigDecimal worth(Rate rate, BigDecimal day) {
        return price(rate).add(day.multiply(BigDecimal.valueOf(rate.days() == null ? 0 : rate.days())));
    }

    private static int days(Rate rate) {
        return rate.days() == null ? Integer.MAX_VALUE : rate.days();
    }

    private static BigDecimal price(Rate rate) {
        return rate.total() == null ? BigDecimal.ZERO : rate.total().amount();
    }

    private static String currency(Rate rate) {
        return rate.total() == null ? "" : rate.total().currency().getCurrencyCode();
    }

    private static Offer offer(String service, Random random) {
        Account account = FakeCarrier.account(one(List.of("a", "b"), random), CARRIER);
        Integer days = random.nextInt(4) == 0 ? null : random.nextInt(5);
        if (random.nextInt(6) == 0) {
            return new Offer(account, new Rate(service, List.of(), null, days, null, "too heavy"));
        }
        Money total = Money.of(
                one(List.of("8", "8.0", "9.50", "10.00", "10.01", "1000"), random),
                one(List.of("USD", "USD", "USD", "EUR", "JPY"), random));
        return new Offer(account, new Rate(service, List.of(), total, days, null, null));
    }

    private static String one(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }
}
