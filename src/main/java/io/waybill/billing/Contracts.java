package io.waybill.billing;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The contracts of a folder, each read anew when it is asked for. Keys nobody knows are refused by name. */
final class Contracts {
    private static final Set<String> OF_CONTRACT = new TreeSet<>(Set.of("numbers", "currency", "terms"));
    private static final Set<String> OF_TERMS = new TreeSet<>(List.of(
            "from",
            "tolerance",
            "divisor",
            "fuel",
            "fuelOn",
            "guaranteed",
            "holidays",
            "claimDays",
            "disputeDays",
            "scanDays",
            "discounts",
            "minimums",
            "accessorials",
            "zones"));
    private static final Set<String> OF_DISCOUNT =
            new TreeSet<>(List.of("service", "zone", "upTo", "percent", "minimum"));
    private static final int CLAIM_DAYS = 15;
    static final int SCAN_DAYS = 7;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Path folder;

    Contracts(Path folder) {
        this.folder = folder;
    }

    /**
     * The account's contract, {@link Contract#NONE} without a file.
     *
     * @throws ProblemException naming file and key
     */
    Contract of(String account) {
        Path file = folder.resolve(account + ".yaml");
        if (!Files.isRegularFile(file)) {
            return Contract.NONE;
        }
        Said said = Said.read(file).only(OF_CONTRACT);
        Set<String> numbers = new TreeSet<>();
        said.list("numbers").forEach(number -> numbers.add(String.valueOf(number)));
        String currency = said.text("currency");
        if (currency != null && !Cells.isCurrency(currency)) {
            throw said.bad("currency", currency, "ISO 4217");
        }
        return new Contract(
                numbers,
                currency,
                said.each("terms").stream().map(Contracts::terms).toList());
    }

    private static Contract.Terms terms(Said said) {
        said.only(OF_TERMS);
        return new Contract.Terms(
                said.day("from"),
                said.decimal("tolerance"),
                said.decimal("divisor"),
                fuel(said),
                said.list("fuelOn").stream().map(String::valueOf).collect(Collectors.toSet()),
                guaranteed(said),
                said.daysOf("holidays"),
                Objects.requireNonNullElse(said.days("claimDays"), CLAIM_DAYS),
                said.days("disputeDays"),
                Objects.requireNonNullElse(said.days("scanDays"), SCAN_DAYS),
                said.each("discounts").stream().map(Contracts::discount).toList(),
                said.numbers("minimums"),
                said.numbers("accessorials"),
                said.texts("zones"));
    }

    private static Map<String, BigDecimal> fuel(Said said) {
        Map<String, BigDecimal> fuel = said.numbers("fuel");
        fuel.keySet().forEach(week -> {
            if (!week.matches("\\d{4}-W\\d{2}")) {
                throw said.bad("fuel", week, "2026-W47");
            }
        });
        return fuel;
    }

    private static Map<String, Integer> guaranteed(Said said) {
        Map<String, Integer> days = new TreeMap<>();
        said.numbers("guaranteed").forEach((service, number) -> days.put(service, number.intValue()));
        return days;
    }

    private static Contract.Discount discount(Said said) {
        said.only(OF_DISCOUNT);
        BigDecimal percent = said.neededDecimal("percent");
        if (percent.compareTo(HUNDRED) > 0) {
            throw said.bad("percent", percent.toPlainString(), "0 .. 100");
        }
        return new Contract.Discount(
                said.text("service"), said.text("zone"), said.decimal("upTo"), percent, said.decimal("minimum"));
    }
}
