package io.waybill.carrier;

import io.waybill.carrier.PrintedSheet.Box;
import io.waybill.carrier.PrintedSheet.Place;
import io.waybill.carrier.PrintedSheet.Sent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Legal rate sheets of all kinds, and parcels that lie on their bounds as often as beside them. */
public final class GeneratedSheets {
    public static final LocalDate DAY = LocalDate.parse("2026-11-26");
    private static final List<String> ZONES = List.of("2", "3", "9");
    private static final List<String> STEPS = List.of("0.5", "1", "2", "5", "10", "30");
    private static final List<String> DATES = List.of("", "2026-01-01", "2026-11-25", "2026-11-26", "2026-11-27");
    private static final List<String> ENDS = List.of("", "", "", "2026-11-25", "2026-11-26", "2027-12-31");
    private static final List<String> CODES = List.of("78701", "78750", "10001", "00501", "99501");

    private final Random random;

    public GeneratedSheets(Random random) {
        this.random = random;
    }

    public PrintedSheet sheet(String currency) {
        PrintedSheet sheet = new PrintedSheet();
        List<String> services = List.of("ground", "express").subList(0, 1 + random.nextInt(2));
        boolean pounds = random.nextInt(3) == 0;
        sheet.files.put(
                "services.csv",
                services.stream().map(code -> service(code, currency, pounds)).toList());
        sheet.files.put("zones.csv", apart(1 + random.nextInt(7), () -> zone(services), "zone"));
        sheet.files.put("rates.csv", prices(services, currency, pounds));
        some(sheet, "fuel.csv", 3, () -> fuel(services), "percent");
        if (sheet.files.containsKey("fuel.csv")) {
            services.forEach(service -> fuelled(sheet, service));
        }
        some(sheet, "discounts.csv", 3, () -> discount(services, currency), "percent", "minimum");
        some(sheet, "areas.csv", 3, this::area);
        boolean areas = sheet.files.containsKey("areas.csv");
        some(
                sheet,
                "surcharges.csv",
                6,
                () -> surcharge(services, currency, areas),
                "type",
                "amount",
                "percent",
                "per",
                "fuel");
        if (areas
                && !sheet.rows("areas.csv").stream()
                        .map(row -> row.getOrDefault("area", ""))
                        .toList()
                        .containsAll(List.of("remote", "far"))) {
            List<Map<String, String>> all = new ArrayList<>(sheet.rows("areas.csv"));
            all.add(row("area", "remote", "country", "CA", "postal", "", "valid_from", "", "valid_to", ""));
            all.add(row("area", "far", "country", "CA", "postal", "", "valid_from", "", "valid_to", ""));
            sheet.files.put("areas.csv", all);
        }
        return sheet;
    }

    private void some(PrintedSheet sheet, String file, int most, Supplier<Map<String, String>> row, String... beside) {
        int rows = random.nextInt(most + 1);
        if (rows > 0) {
            sheet.files.put(file, apart(rows, row, beside));
        }
    }

    /** Rows that differ in more than what they say: of two alike nobody could tell which counts. */
    private List<Map<String, String>> apart(int count, Supplier<Map<String, String>> row, String... beside) {
        List<Map<String, String>> rows = new ArrayList<>();
        Set<Map<String, String>> seen = new HashSet<>();
        for (int i = 0; i < count; i++) {
            Map<String, String> one = row.get();
            Map<String, String> key = new LinkedHashMap<>(one);
            Stream.of(beside).forEach(key::remove);
            key.remove("valid_to");
            key.remove("text");
            key.replaceAll((column, cell) -> cell.equals("*") ? "" : cell);
            if (seen.add(key)) {
                rows.add(one);
            }
        }
        return rows;
    }

    private Map<String, String> service(String code, String currency, boolean pounds) {
        String divisor = one(List.of("5000", "4000", "6000"));
        return row(
                "service",
                code,
                "currency",
                currency,
                "days",
                one(List.of("", "1", "3", "7")),
                "dim_cm3_per_kg",
                pounds || random.nextBoolean() ? "" : divisor,
                "dim_in3_per_lb",
                pounds && random.nextBoolean() ? one(List.of("139", "166", "200", "144")) : "",
                "dim_round",
                one(List.of("", "none", "up")),
                "max_kg",
                one(List.of("", "", "30", "20")),
                "max_cm",
                one(List.of("", "", "", "120")),
                "max_girth_cm",
                one(List.of("", "", "", "300")),
                "note",
                "invented");
    }

    private Map<String, String> zone(List<String> services) {
        String country = one(List.of("US", "US", "US", "CA", "*"));
        return dated(row(
                "country",
                country,
                "postal",
                country.equals("US") ? one(List.of("", "", "787", "7870", "100-102", "004-006 995")) : "",
                "zone",
                one(ZONES),
                "service",
                random.nextInt(4) == 0 ? one(services) : "",
                "from_country",
                one(List.of("", "", "US", "CA", "*")),
                "from_postal",
                one(List.of("", "", "", "787", "900"))));
    }

    private List<Map<String, String>> prices(List<String> services, String currency, boolean pounds) {
        List<Map<String, String>> rows = new ArrayList<>();
        Set<List<String>> seen = new HashSet<>();
        for (String service : services) {
            for (int table = 0; table < 1 + random.nextInt(3); table++) {
                String from = one(DATES);
                String to = to(from);
                for (String step : STEPS) {
                    boolean longer = random.nextInt(6) == 0;
                    if (random.nextInt(5) > 0 && seen.add(List.of(service, from, step))) {
                        Map<String, String> row = row(
                                "service",
                                service,
                                pounds ? "up_to_lb" : "up_to_kg",
                                step,
                                "valid_from",
                                from,
                                "valid_to",
                                longer ? "" : to);
                        ZONES.forEach(zone -> row.put(zone, random.nextInt(8) == 0 ? "" : money(currency, 5_000)));
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }

    private Map<String, String> fuel(List<String> services) {
        Map<String, String> row =
                dated(row("percent", percent(40), "service", random.nextInt(3) == 0 ? one(services) : ""));
        row.computeIfPresent("valid_from", (column, day) -> day.isEmpty() ? "2025-12-29" : day);
        return row;
    }

    /** A service without fuel beside one that has some is refused. */
    private void fuelled(PrintedSheet sheet, String service) {
        List<Map<String, String>> rows = new ArrayList<>(sheet.rows("fuel.csv"));
        if (rows.stream().noneMatch(row -> List.of("", service).contains(row.getOrDefault("service", "")))) {
            Map<String, String> row = fuel(List.of(service));
            row.put("service", service);
            rows.add(row);
            sheet.files.put("fuel.csv", rows);
        }
    }

    private Map<String, String> discount(List<String> services, String currency) {
        return dated(row(
                "percent", percent(100),
                "service", random.nextBoolean() ? one(services) : "",
                "zone", random.nextBoolean() ? one(ZONES) : "",
                "minimum", random.nextBoolean() ? money(currency, 1_500) : ""));
    }

    private Map<String, String> area() {
        String country = one(List.of("US", "US", "CA"));
        return dated(row(
                "area",
                one(List.of("remote", "far")),
                "country",
                country,
                "postal",
                country.equals("US") ? one(List.of("", "995", "787 100", "004-006")) : ""));
    }

    private Map<String, String> surcharge(List<String> services, String currency, boolean areas) {
        String amount = random.nextInt(3) == 0 ? "" : money(currency, 900);
        return dated(row(
                "code", one(List.of("A", "B", "C", "D")),
                "type", one(SheetSurcharge.TYPES),
                "text", "",
                "amount", amount,
                "percent", amount.isEmpty() || random.nextInt(4) == 0 ? percent(30) : "",
                "per", one(List.of("", "shipment", "parcel")),
                "fuel", one(List.of("", "yes", "no")),
                "service", random.nextInt(4) == 0 ? one(services) : "",
                "country", one(List.of("", "", "", "US", "CA", "*")),
                "area", areas && random.nextInt(3) == 0 ? one(List.of("remote", "far")) : "",
                "residential", one(List.of("", "", "yes", "no")),
                "saturday", one(List.of("", "", "", "yes", "no")),
                "signature", one(List.of("", "", "", "yes", "no")),
                "over_kg", one(List.of("", "", "1", "5")),
                "over_actual_kg", one(List.of("", "", "", "2")),
                "over_cm", one(List.of("", "", "", "50")),
                "over_girth_cm", one(List.of("", "", "", "150"))));
    }

    private Map<String, String> dated(Map<String, String> row) {
        String from = one(DATES);
        row.put("valid_from", from);
        row.put("valid_to", to(from));
        return row;
    }

    private String to(String from) {
        String to = one(ENDS);
        return !to.isEmpty() && !from.isEmpty() && LocalDate.parse(to).isBefore(LocalDate.parse(from)) ? "" : to;
    }

    public Sent sent() {
        Place to = random.nextInt(6) == 0 ? new Place(one(List.of("CA", "FR")), "") : new Place("US", one(CODES));
        Place from =
                random.nextInt(8) == 0 ? new Place("CA", "") : new Place("US", one(List.of("78750", "90001", "10001")));
        return new Sent(
                from,
                to,
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                IntStream.range(0, 1 + random.nextInt(3)).mapToObj(n -> box()).toList(),
                DAY.plusDays(random.nextInt(5) - 2));
    }

    /** On a step, a gram beside it, or a volume that weighs about as much; some say nothing. */
    private Box box() {
        BigDecimal step = new BigDecimal(one(STEPS));
        BigDecimal gram = new BigDecimal("0.001").multiply(BigDecimal.valueOf(random.nextInt(3) - 1));
        BigDecimal kg = switch (random.nextInt(6)) {
            case 0 -> BigDecimal.ZERO;
            case 1 -> step.multiply(new BigDecimal("0.45359237"));
            case 2 -> new BigDecimal("0.45359237").multiply(step).add(gram);
            default -> step.add(gram);
        };
        return new Box(kg, random.nextInt(3) == 0 ? List.of() : sides());
    }

    private List<BigDecimal> sides() {
        if (random.nextInt(3) == 0) {
            // ten inches by ten: two pounds at 144 and 4 pounds at 200 are whole inches
            BigDecimal inch = new BigDecimal("25.4");
            return Stream.of(one(List.of("8", "10", "12")), one(List.of("10", "12")), one(List.of("10", "12", "20")))
                    .map(BigDecimal::new)
                    .map(inch::multiply)
                    .sorted()
                    .toList();
        }
        return Stream.of(
                        one(List.of("100", "200", "250")),
                        one(List.of("200", "250", "500")),
                        one(List.of("250", "400", "1200", "251", "300.5")))
                .map(BigDecimal::new)
                .sorted()
                .toList();
    }

    public String money(String currency, int mostCents) {
        int decimals = Currency.getInstance(currency).getDefaultFractionDigits();
        return BigDecimal.valueOf(1 + random.nextInt(mostCents), 2)
                .setScale(decimals, RoundingMode.UP)
                .toPlainString();
    }

    private String percent(int most) {
        return BigDecimal.valueOf(random.nextInt(most * 100 + 1), 2).toPlainString();
    }

    public String one(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private static Map<String, String> row(String... cells) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i += 2) {
            row.put(cells[i], cells[i + 1]);
        }
        return row;
    }
}
