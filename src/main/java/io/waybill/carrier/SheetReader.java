package io.waybill.carrier;

import io.waybill.carrier.RateSheet.Area;
import io.waybill.carrier.RateSheet.Discount;
import io.waybill.carrier.RateSheet.Fuel;
import io.waybill.carrier.RateSheet.Zone;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the files of one rate sheet; what is wrong in any of them is told at once. */
final class SheetReader {
    private static final BigDecimal KG_PER_LB = new BigDecimal("0.45359237");
    private static final Set<String> OF_PRICES = Set.of("service", "up_to_kg", "up_to_lb", "valid_from", "valid_to");

    private final Path folder;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> areaNames = new TreeSet<>();

    SheetReader(Path folder) {
        this.folder = folder;
    }

    RateSheet read() {
        Map<String, SheetService> services = services();
        Map<Validity, RateTable> prices = prices(services);
        Postal<Zone> zones = zones(services);
        Postal<Area> areas = areas();
        List<Fuel> fuels = fuels(services);
        List<Discount> discounts = discounts(services);
        List<SheetSurcharge> surcharges =
                rows("surcharges.csv", SheetSurcharge.NEEDED, SheetSurcharge.ALLOWED, false).stream()
                        .map(row -> {
                            known(row, services);
                            knownArea(row);
                            return SheetSurcharge.read(row);
                        })
                        .toList();
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        return new RateSheet(name, services, prices, zones, areas, fuels, discounts, surcharges);
    }

    private Map<String, SheetService> services() {
        Map<String, SheetService> services = new LinkedHashMap<>();
        for (SheetRow row : rows("services.csv", SheetService.NEEDED, SheetService.ALLOWED, true)) {
            SheetService service = SheetService.read(row);
            if (service != null && services.put(service.code(), service) != null) {
                twice(row, service.code());
            }
        }
        return services;
    }

    private Map<Validity, RateTable> prices(Map<String, SheetService> services) {
        Map<Validity, RateTable> tables = new HashMap<>();
        for (SheetRow row : rows("rates.csv", List.of("service"), List.of(), true)) {
            known(row, services);
            BigDecimal weight = weight(row);
            Map<String, BigDecimal> prices = new HashMap<>();
            row.cells().keySet().stream()
                    .filter(column -> !OF_PRICES.contains(column))
                    .forEach(zone -> put(prices, zone, row.decimal(zone)));
            if (weight != null
                    && !tables.computeIfAbsent(row.validity(), dates -> new RateTable())
                            .put(row.text("service"), weight, prices)) {
                twice(row, row.text("service") + " " + weight.toPlainString());
            }
        }
        return tables;
    }

    private static void put(Map<String, BigDecimal> prices, String zone, @Nullable BigDecimal price) {
        if (price != null) {
            prices.put(zone, price);
        }
    }

    private static @Nullable BigDecimal weight(SheetRow row) {
        BigDecimal kilograms = row.decimal("up_to_kg");
        BigDecimal pounds = row.decimal("up_to_lb");
        if (kilograms == null && pounds == null) {
            row.refuse("up_to_kg", "up_to_kg, up_to_lb");
            return null;
        }
        return kilograms != null || pounds == null ? kilograms : pounds.multiply(KG_PER_LB);
    }

    private Postal<Zone> zones(Map<String, SheetService> services) {
        Postal<Zone> zones = new Postal<>();
        List<String> allowed = with(SheetRow.DATES, "postal", "service", "from_country", "from_postal");
        for (SheetRow row : rows("zones.csv", List.of("country", "zone"), allowed, true)) {
            known(row, services);
            zones.put(
                    row.place(),
                    row.beginnings("postal"),
                    new Zone(
                            row.required("zone"),
                            row.text("service"),
                            row.anyCountry("from_country"),
                            row.beginnings("from_postal"),
                            row.validity()));
        }
        return zones;
    }

    private Postal<Area> areas() {
        Postal<Area> areas = new Postal<>();
        for (SheetRow row : rows("areas.csv", List.of("area", "country"), with(SheetRow.DATES, "postal"), false)) {
            Area area = new Area(row.required("area"), row.validity());
            areaNames.add(area.name());
            areas.put(row.place(), row.beginnings("postal"), area);
        }
        return areas;
    }

    private List<Fuel> fuels(Map<String, SheetService> services) {
        return rows("fuel.csv", List.of("valid_from", "percent"), List.of("valid_to", "service"), false).stream()
                .map(row -> {
                    known(row, services);
                    row.required("valid_from");
                    row.required("percent");
                    return new Fuel(row.text("service"), row.decimalOrZero("percent"), row.validity());
                })
                .toList();
    }

    private List<Discount> discounts(Map<String, SheetService> services) {
        return rows("discounts.csv", List.of("percent"), with(SheetRow.DATES, "service", "zone", "minimum"), false)
                .stream()
                .map(row -> {
                    known(row, services);
                    BigDecimal percent = row.decimalOrZero("percent");
                    if (percent.compareTo(new BigDecimal(100)) > 0) {
                        row.refuse("percent", "0 - 100");
                    }
                    return new Discount(
                            row.text("service"),
                            row.text("zone"),
                            percent,
                            row.decimalOrZero("minimum"),
                            row.validity());
                })
                .toList();
    }

    /** A service that is named must be one of the sheet's. */
    private static void known(SheetRow row, Map<String, SheetService> services) {
        String service = row.text("service");
        if (!service.isEmpty() && !services.isEmpty() && !services.containsKey(service)) {
            row.refuse("service", String.join(", ", services.keySet()));
        }
    }

    /** An area that is named must be one of the sheet's: a surcharge of any other would never be charged. */
    private void knownArea(SheetRow row) {
        String area = row.text("area");
        if (!area.isEmpty() && !areaNames.contains(area)) {
            row.refuse("area", areaNames.isEmpty() ? "areas.csv" : String.join(", ", areaNames));
        }
    }

    private void twice(SheetRow row, String what) {
        problems.add(
                Problem.of(CarrierCode.RATE_SHEET_ROW_TWICE, "file", row.file(), "line", row.line(), "what", what));
    }

    private List<SheetRow> rows(String file, List<String> needed, List<String> allowed, boolean required) {
        return new SheetFile(folder.resolve(file), needed, allowed, problems).rows(required);
    }

    private static List<String> with(List<String> columns, String... more) {
        return Stream.concat(Stream.of(more), columns.stream()).toList();
    }
}
