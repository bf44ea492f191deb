package io.waybill.carrier;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A rate sheet as rows of text, and what {@code rates/README.md} makes of them by hand: rows are gone through, weights are compared as fractions. */
public final class PrintedSheet {
    /** Columns of a file, then its rows. */
    public final Map<String, List<Map<String, String>>> files = new LinkedHashMap<>();

    private static final BigDecimal KG_PER_LB = new BigDecimal("0.45359237");
    private static final BigDecimal MM3_PER_CM3 = new BigDecimal(1000);
    private static final BigDecimal MM3_PER_IN3 = new BigDecimal("16387.064");
    private static final BigDecimal HUNDRED = new BigDecimal(100);
    private static final List<String> DATED = List.of("valid_from", "valid_to");
    private static final List<String> CONDITIONS = List.of(
            "service",
            "country",
            "area",
            "residential",
            "saturday",
            "signature",
            "over_kg",
            "over_actual_kg",
            "over_cm",
            "over_girth_cm");

    /** @param mm its sides from the shortest; none where they are not known */
    public record Box(BigDecimal kg, List<BigDecimal> mm) {
        private BigDecimal volume() {
            return mm.stream().reduce(BigDecimal::multiply).orElse(BigDecimal.ZERO);
        }

        private BigDecimal longest() {
            return mm.isEmpty() ? BigDecimal.ZERO : mm.get(2);
        }

        private BigDecimal girth() {
            return mm.isEmpty()
                    ? BigDecimal.ZERO
                    : mm.get(2).add(mm.get(0).add(mm.get(1)).multiply(BigDecimal.valueOf(2)));
        }
    }

    public record Place(String country, String postal) {}

    /** What is asked. */
    public record Sent(
            Place from,
            Place to,
            boolean atHome,
            boolean saturday,
            boolean signature,
            List<Box> boxes,
            LocalDate day) {}

    /** @param lines the parts of the price, or the one reason why there is none */
    public record Printed(String service, List<String> lines, String total, String list, String promised) {}

    public List<Map<String, String>> rows(String file) {
        return files.getOrDefault(file, List.of());
    }

    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, List<Map<String, String>>> file : files.entrySet()) {
            Set<String> columns = new LinkedHashSet<>();
            file.getValue().forEach(row -> columns.addAll(row.keySet()));
            List<String> lines = new ArrayList<>(List.of(String.join(",", columns)));
            file.getValue()
                    .forEach(row -> lines.add(columns.stream()
                            .map(column -> row.getOrDefault(column, ""))
                            .collect(Collectors.joining(","))));
            Files.write(folder.resolve(file.getKey()), lines);
        }
    }

    public List<Printed> prices(Sent sent) {
        return rows("services.csv").stream().map(row -> price(row, sent)).toList();
    }

    private Printed price(Map<String, String> service, Sent sent) {
        String code = text(service, "service");
        Optional<String> zone = zone(code, sent);
        if (zone.isEmpty()) {
            return none(code, "rate-no-zone");
        }
        for (Box box : sent.boxes()) {
            if (!text(service, "max_kg").isEmpty() && weighsMore(service, box, number(service, "max_kg"))) {
                return none(code, "rate-too-heavy");
            }
            if (isOver(box.longest(), text(service, "max_cm")) || isOver(box.girth(), text(service, "max_girth_cm"))) {
                return none(code, "rate-too-long");
            }
        }
        List<BigDecimal> base = new ArrayList<>();
        for (Box box : sent.boxes()) {
            Optional<BigDecimal> price = base(service, zone.get(), box, sent.day());
            if (price.isEmpty()) {
                return none(code, "rate-no-price");
            }
            base.add(price.get());
        }
        Optional<Map<String, String>> fuel = fuel(code, sent.day());
        if (fuel.isEmpty() && !rows("fuel.csv").isEmpty()) {
            return none(code, "rate-no-fuel");
        }
        List<BigDecimal> agreed = base.stream()
                .map(price -> agreed(price, service, zone.get(), sent.day()))
                .toList();
        return added(service, sent, fuel, base, agreed);
    }

    private static Printed none(String service, String why) {
        return new Printed(service, List.of(why), "null", "null", "null");
    }

    private Printed added(
            Map<String, String> service,
            Sent sent,
            Optional<Map<String, String>> fuel,
            List<BigDecimal> base,
            List<BigDecimal> agreed) {
        List<String> lines = new ArrayList<>();
        BigDecimal shipping = sum(base);
        BigDecimal discount = sum(agreed).subtract(shipping);
        lines.add("shipping " + shipping.toPlainString() + " BASE");
        if (discount.signum() != 0) {
            lines.add("discount " + discount.toPlainString() + " DISCOUNT");
        }
        BigDecimal total = shipping.add(discount);
        BigDecimal list = shipping;
        BigDecimal carries = total;
        BigDecimal listCarries = list;
        for (Map<String, String> row : surcharges(service, sent)) {
            List<Integer> those = meeting(service, row, sent);
            BigDecimal extra = extra(service, row, those, agreed);
            BigDecimal onList = extra(service, row, those, base);
            lines.add(text(row, "type") + " " + extra.toPlainString() + " " + text(row, "code"));
            total = total.add(extra);
            list = list.add(onList);
            if (text(row, "fuel").equals("yes")) {
                carries = carries.add(extra);
                listCarries = listCarries.add(onList);
            }
        }
        if (fuel.isPresent()) {
            BigDecimal week = share(service, carries, number(fuel.get(), "percent"));
            lines.add("fuel_charge " + week.toPlainString() + " FUEL");
            total = total.add(week);
            list = list.add(share(service, listCarries, number(fuel.get(), "percent")));
        }
        String currency = " " + text(service, "currency");
        return new Printed(
                text(service, "service"),
                lines,
                total.toPlainString() + currency,
                list.toPlainString() + currency,
                promised(service, sent.day()));
    }

    private static BigDecimal extra(
            Map<String, String> service, Map<String, String> row, List<Integer> those, List<BigDecimal> prices) {
        boolean perParcel = text(row, "per").equals("parcel");
        BigDecimal on = perParcel ? sum(those.stream().map(prices::get).toList()) : sum(prices);
        BigDecimal fixed = number(row, "amount").multiply(BigDecimal.valueOf(perParcel ? those.size() : 1));
        return rounded(service, fixed.add(on.multiply(number(row, "percent")).divide(HUNDRED)));
    }

    /** Those whose conditions hold, of alike rows the newest. */
    private List<Map<String, String>> surcharges(Map<String, String> service, Sent sent) {
        List<Map<String, String>> inForce = rows("surcharges.csv").stream()
                .filter(row -> isInForce(row, sent.day()))
                .toList();
        return inForce.stream()
                .filter(row -> inForce.stream()
                        .filter(other -> text(other, "code").equals(text(row, "code")))
                        .filter(other -> CONDITIONS.stream()
                                .allMatch(condition -> text(other, condition).equals(text(row, condition))))
                        .noneMatch(other -> begin(other).isAfter(begin(row))))
                .filter(row -> !meeting(service, row, sent).isEmpty())
                .toList();
    }

    private List<Integer> meeting(Map<String, String> service, Map<String, String> row, Sent sent) {
        boolean holds = isBlankOr(text(row, "service"), text(service, "service"))
                && (text(row, "country").equals("*")
                        || isBlankOr(text(row, "country"), sent.to().country()))
                && (text(row, "area").isEmpty() || isIn(text(row, "area"), sent))
                && isBlankOr(text(row, "residential"), sent.atHome() ? "yes" : "no")
                && isBlankOr(text(row, "saturday"), sent.saturday() ? "yes" : "no")
                && isBlankOr(text(row, "signature"), sent.signature() ? "yes" : "no");
        List<Integer> those = new ArrayList<>();
        for (int i = 0; holds && i < sent.boxes().size(); i++) {
            Box box = sent.boxes().get(i);
            if ((text(row, "over_kg").isEmpty() || weighsMore(service, box, number(row, "over_kg")))
                    && (text(row, "over_actual_kg").isEmpty() || box.kg().compareTo(number(row, "over_actual_kg")) > 0)
                    && (text(row, "over_cm").isEmpty() || isOver(box.longest(), text(row, "over_cm")))
                    && (text(row, "over_girth_cm").isEmpty() || isOver(box.girth(), text(row, "over_girth_cm")))) {
                those.add(i);
            }
        }
        return those;
    }

    private boolean isIn(String area, Sent sent) {
        return rows("areas.csv").stream()
                .filter(row -> text(row, "area").equals(area) && isInForce(row, sent.day()))
                .anyMatch(row -> text(row, "country").equals(sent.to().country())
                        && longest(row, "postal", sent.to().postal()) >= 0);
    }

    private BigDecimal agreed(BigDecimal price, Map<String, String> service, String zone, LocalDate day) {
        return rows("discounts.csv").stream()
                .filter(row -> isInForce(row, day))
                .filter(row -> isBlankOr(text(row, "service"), text(service, "service")))
                .filter(row -> isBlankOr(text(row, "zone"), zone))
                .max(Comparator.comparing((Map<String, String> row) ->
                                !text(row, "service").isEmpty())
                        .thenComparing(row -> !text(row, "zone").isEmpty())
                        .thenComparing(PrintedSheet::begin))
                .map(row -> price.subtract(share(service, price, number(row, "percent")))
                        .max(number(row, "minimum").min(price)))
                .orElse(price);
    }

    private Optional<Map<String, String>> fuel(String service, LocalDate day) {
        List<Map<String, String>> begun = rows("fuel.csv").stream()
                .filter(row -> isBlankOr(text(row, "service"), service))
                .filter(row -> !begin(row).isAfter(day))
                .toList();
        LocalDate last = begun.stream()
                .map(PrintedSheet::end)
                .max(Comparator.naturalOrder())
                .orElse(day);
        LocalDate asked = last.isBefore(day) ? last : day;
        return begun.stream()
                .filter(row -> isInForce(row, asked))
                .max(Comparator.comparing((Map<String, String> row) ->
                                !text(row, "service").isEmpty())
                        .thenComparing(PrintedSheet::begin));
    }

    /** The first row of the newest table whose weight is not below the box's. */
    private Optional<BigDecimal> base(Map<String, String> service, String zone, Box box, LocalDate day) {
        List<Map<String, String>> inForce = rows("rates.csv").stream()
                .filter(row -> text(row, "service").equals(text(service, "service")) && isInForce(row, day))
                .toList();
        return inForce.stream()
                .filter(row -> inForce.stream().noneMatch(other -> begin(other).isAfter(begin(row))))
                .filter(row -> !weighsMore(service, box, upTo(row)))
                .min(Comparator.comparing(PrintedSheet::upTo))
                .map(row -> text(row, zone))
                .filter(price -> !price.isEmpty())
                .map(BigDecimal::new);
    }

    private static BigDecimal upTo(Map<String, String> row) {
        return text(row, "up_to_kg").isEmpty() ? number(row, "up_to_lb").multiply(KG_PER_LB) : number(row, "up_to_kg");
    }

    /** Whether more than so many kilograms are charged for it. */
    private static boolean weighsMore(Map<String, String> service, Box box, BigDecimal kg) {
        boolean metric = !text(service, "dim_cm3_per_kg").isEmpty();
        if (box.kg().compareTo(kg) > 0) {
            return true;
        }
        if (!metric && text(service, "dim_in3_per_lb").isEmpty()) {
            return false;
        }
        BigDecimal unit = metric
                ? number(service, "dim_cm3_per_kg").multiply(MM3_PER_CM3)
                : number(service, "dim_in3_per_lb").multiply(MM3_PER_IN3);
        BigDecimal most = metric ? kg : null;
        if (text(service, "dim_round").equals("up")) {
            BigDecimal[] full = box.volume().divideAndRemainder(unit);
            BigDecimal units = full[1].signum() > 0 ? full[0].add(BigDecimal.ONE) : full[0];
            return (metric ? units : units.multiply(KG_PER_LB)).compareTo(kg) > 0;
        }
        return most != null
                ? box.volume().compareTo(most.multiply(unit)) > 0
                : box.volume().multiply(KG_PER_LB).compareTo(kg.multiply(unit)) > 0;
    }

    /** A row for the service, one for the origin, the longest beginning, the newest; other countries' only where none of its own fits. */
    private Optional<String> zone(String service, Sent sent) {
        List<Map<String, String>> fit = rows("zones.csv").stream()
                .filter(row -> isInForce(row, sent.day()))
                .filter(row -> isBlankOr(text(row, "service"), service))
                .filter(row -> text(row, "from_country").equals("*")
                        || isBlankOr(text(row, "from_country"), sent.from().country()))
                .filter(row -> longest(row, "from_postal", sent.from().postal()) >= 0)
                .toList();
        List<Map<String, String>> own = fit.stream()
                .filter(row -> text(row, "country").equals(sent.to().country()))
                .filter(row -> longest(row, "postal", sent.to().postal()) >= 0)
                .toList();
        return (own.isEmpty()
                        ? fit.stream()
                                .filter(row -> text(row, "country").equals("*"))
                                .toList()
                        : own)
                .stream()
                        .max(Comparator.comparing((Map<String, String> row) ->
                                        !text(row, "service").isEmpty())
                                .thenComparing(row -> !text(row, "from_postal").isEmpty())
                                .thenComparing(row -> isNamed(text(row, "from_country")))
                                .thenComparing(
                                        row -> longest(row, "postal", sent.to().postal()))
                                .thenComparing(PrintedSheet::begin))
                        .map(row -> text(row, "zone"));
    }

    private static boolean isNamed(String country) {
        return !country.isEmpty() && !country.equals("*");
    }

    /** The length of the longest beginning a cell names that the code has; -1 for none. */
    private static int longest(Map<String, String> row, String column, String code) {
        if (text(row, column).isEmpty()) {
            return 0;
        }
        Set<String> beginnings = new HashSet<>();
        for (String part : text(row, column).split(" ", -1)) {
            String[] ends = part.split("-", -1);
            for (int n = Integer.parseInt(ends[0]); n <= Integer.parseInt(ends[ends.length - 1]); n++) {
                beginnings.add("0".repeat(ends[0].length() - String.valueOf(n).length()) + n);
            }
        }
        return beginnings.stream()
                .filter(code::startsWith)
                .mapToInt(String::length)
                .max()
                .orElse(-1);
    }

    private static String promised(Map<String, String> service, LocalDate day) {
        if (text(service, "days").isEmpty()) {
            return "null";
        }
        LocalDate date = day;
        int left = Integer.parseInt(text(service, "days"));
        while (left > 0) {
            date = date.plusDays(1);
            if (date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY) {
                left--;
            }
        }
        return date.toString();
    }

    private static boolean isInForce(Map<String, String> row, LocalDate day) {
        return !begin(row).isAfter(day) && !end(row).isBefore(day);
    }

    private static LocalDate begin(Map<String, String> row) {
        return text(row, DATED.get(0)).isEmpty() ? LocalDate.MIN : LocalDate.parse(text(row, DATED.get(0)));
    }

    private static LocalDate end(Map<String, String> row) {
        return text(row, DATED.get(1)).isEmpty() ? LocalDate.MAX : LocalDate.parse(text(row, DATED.get(1)));
    }

    private static boolean isBlankOr(String cell, String value) {
        return cell.isEmpty() || cell.equals(value);
    }

    private static boolean isOver(BigDecimal mm, String cm) {
        return !cm.isEmpty() && mm.compareTo(new BigDecimal(cm).multiply(BigDecimal.TEN)) > 0;
    }

    private static BigDecimal share(Map<String, String> service, BigDecimal of, BigDecimal percent) {
        return rounded(service, of.multiply(percent).divide(HUNDRED));
    }

    private static BigDecimal rounded(Map<String, String> service, BigDecimal amount) {
        int decimals = Currency.getInstance(text(service, "currency")).getDefaultFractionDigits();
        return amount.setScale(decimals, RoundingMode.HALF_UP);
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal::add).orElse(BigDecimal.ZERO);
    }

    private static BigDecimal number(Map<String, String> row, String column) {
        return text(row, column).isEmpty() ? BigDecimal.ZERO : new BigDecimal(text(row, column));
    }

    private static String text(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }
}
