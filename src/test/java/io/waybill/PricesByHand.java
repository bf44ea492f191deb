package io.waybill;

import io.waybill.carrier.PrintedSheet;
import io.waybill.carrier.PrintedSheet.Printed;
import io.waybill.carrier.PrintedSheet.Sent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one comes to by hand who reads the printed sheets of some accounts, and who is chosen by it. */
record PricesByHand(Map<String, PrintedSheet> sheets) {
    /** A price by hand. */
    record Offer(String account, Printed price, @Nullable Integer days) {
        BigDecimal amount() {
            return new BigDecimal(price.total().split(" ", -1)[0]);
        }

        String currency() {
            return price.total().split(" ", -1)[1];
        }

        String name() {
            return account + " " + price.service();
        }
    }

    private Map<String, List<Printed>> printed(Sent sent) {
        Map<String, List<Printed>> printed = new LinkedHashMap<>();
        sheets.forEach((account, sheet) -> printed.put(account, sheet.prices(sent)));
        return printed;
    }

    /** Those that have a price, in the order of the accounts. */
    List<Offer> offers(Sent sent) {
        List<Offer> offers = new ArrayList<>();
        printed(sent)
                .forEach((account, prices) -> prices.stream()
                        .filter(price -> !price.total().equals("null"))
                        .forEach(price -> offers.add(new Offer(account, price, days(account, price.service())))));
        return offers;
    }

    private @Nullable Integer days(String account, String service) {
        return Objects.requireNonNull(sheets.get(account)).rows("services.csv").stream()
                .filter(row -> service.equals(row.get("service")))
                .map(row -> row.getOrDefault("days", ""))
                .filter(days -> !days.isEmpty())
                .map(Integer::valueOf)
                .findFirst()
                .orElse(null);
    }

    static Map<String, String> ways(List<Offer> offers) {
        List<Offer> able = comparable(offers);
        Map<String, String> ways = new LinkedHashMap<>();
        ways.put("cheapest", cheapest(able).map(Offer::name).orElse(""));
        ways.put("fastest", fastest(able).map(Offer::name).orElse(""));
        List<Offer> timed = able.stream().filter(offer -> offer.days() != null).toList();
        List<Offer> valued = timed.isEmpty() ? able : timed;
        BigDecimal day =
                cheapest(valued).map(Offer::amount).orElse(BigDecimal.ZERO).multiply(new BigDecimal("0.075"));
        ways.put(
                "bestValue",
                valued.stream()
                        .min(Comparator.comparing((Offer offer) -> offer.amount()
                                        .add(day.multiply(BigDecimal.valueOf(offer.days() == null ? 0 : offer.days()))))
                                .thenComparing(Offer::amount)
                                .thenComparing(PricesByHand::speed))
                        .map(Offer::name)
                        .orElse(""));
        return ways;
    }

    static Optional<Offer> choice(List<Offer> offers, String service) {
        return switch (service) {
            case "cheapest" -> cheapest(comparable(offers));
            case "fastest" -> fastest(comparable(offers));
            default ->
                offers.stream()
                        .filter(offer -> offer.name().equals("second express"))
                        .findFirst();
        };
    }

    private static List<Offer> comparable(List<Offer> offers) {
        return offers.stream()
                .filter(offer -> offer.currency().equals(offers.get(0).currency()))
                .toList();
    }

    private static Optional<Offer> cheapest(List<Offer> offers) {
        return offers.stream().min(Comparator.comparing(Offer::amount).thenComparing(PricesByHand::speed));
    }

    private static Optional<Offer> fastest(List<Offer> offers) {
        return offers.stream().min(Comparator.comparing(PricesByHand::speed).thenComparing(Offer::amount));
    }

    private static int speed(Offer offer) {
        return offer.days() == null ? Integer.MAX_VALUE : offer.days();
    }

    List<String> quotes(Sent sent) {
        List<String> quotes = new ArrayList<>();
        printed(sent)
                .forEach((account, prices) -> prices.forEach(price -> quotes.add(account + " " + price.service() + " "
                        + (price.total().equals("null")
                                ? price.lines().get(0)
                                : money(price.total()) + " " + money(price.list()) + " " + price.promised()))));
        return quotes;
    }

    private static String money(String money) {
        String[] parts = money.split(" ", -1);
        return plain(new BigDecimal(parts[0])) + " " + parts[1];
    }

    /** Two decimals, and a third where there is one. */
    static String plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.setScale(Math.max(2, stripped.scale())).toPlainString();
    }
}
