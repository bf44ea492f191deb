package io.waybill.carrier;

import io.waybill.carrier.RateSheet.Area;
import io.waybill.carrier.RateSheet.Fuel;
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
    private final AlikeRows alike = new AlikeRows(problems);
    private final Set<String> areaNames = new TreeSet<>();
    private final Set<String> zoneNames = new TreeSet<>();

    SheetReader(Path folder) {
        this.folder = folder;
    }

    RateSheet read() {
        Map<String, SheetService> services = services();
        Map<Validity, RateTable> prices = prices(services);
        Postal<SheetZone> zones = zones(services);
        Postal<Area> areas = areas();
        List<Fuel> fuels = fuels(services);
        List<SheetDiscount> discounts = discounts(services);
        List<SheetSurcharge> surcharges =
                rows("surcharges.csv", SheetSurcharge.NEEDED, SheetSurcharge.ALLOWED, false).stream()
                        .map(row -> {
                            known(row, services);
                            knownArea(row);
                            SheetSurcharge surcharge = SheetSurcharge.read(row);
                            alike.once(
                                    row,
                                    surcharge.code(),
                                    surcharge.key(),
                                    surcharge.validity().begin());
                            return surcharge;
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
            if (service != null) {
                services.put(service.code(), service);
                alike.once(row, service.code());
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
            if (weight != null) {
                Validity validity = row.validity();
                String step = row.text("service") + ' ' + SheetService.plain(weight);
                alike.once(row, step, validity.begin());
                tables.computeIfAbsent(validity, dates -> new RateTable()).put(row.text("service"), weight, prices);
            }
        }
        return tables;
    }

    private void put(Map<String, BigDecimal> prices, String zone, @Nullable BigDecimal price) {
        zoneNames.add(zone);
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

    private Postal<SheetZone> zones(Map<String, SheetService> services) {
        Postal<SheetZone> zones = new Postal<>();
        List<String> allowed = with(SheetRow.DATES, "postal", "service", "from_country", "from_postal");
        for (SheetRow row : rows("zones.csv", List.of("country", "zone"), allowed, true)) {
            known(row, services);
            SheetZone zone = new SheetZone(
                    row.required("zone"),
                    row.text("service"),
                    row.anyCountry("from_country"),
                    row.beginnings("from_postal"),
                    row.validity());
            String country = row.place();
            List<String> beginnings = row.beginnings("postal");
            zoneNames.add(zone.zone());
            alike.oneZone(row, country, beginnings, zone);
            zones.put(country, beginnings, zone);
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
        List<Fuel> fuels =
                rows("fuel.csv", List.of("valid_from", "percent"), List.of("valid_to", "service"), false).stream()
                        .map(row -> {
                            known(row, services);
                            row.required("valid_from");
                            row.required("percent");
                            Fuel fuel = new Fuel(row.text("service"), row.decimalOrZero("percent"), row.validity());
                            String week = (fuel.service() + ' ' + row.text("valid_from")).strip();
                            alike.once(row, week, fuel.service());
                            return fuel;
                        })
                        .toList();
        if (!fuels.isEmpty()) {
            services.keySet().stream()
                    .filter(service -> fuels.stream()
                            .noneMatch(fuel ->
                                    fuel.service().isEmpty() || fuel.service().equals(service)))
                    .forEach(this::withoutFuel);
        }
        return fuels;
    }

    private List<SheetDiscount> discounts(Map<String, SheetService> services) {
        return rows("discounts.csv", List.of("percent"), with(SheetRow.DATES, "service", "zone", "minimum"), false)
                .stream()
                .map(row -> {
                    known(row, services);
                    BigDecimal percent = row.decimalOrZero("percent");
                    if (percent.compareTo(new BigDecimal(100)) > 0) {
                        row.refuse("percent", "0 - 100");
                    }
                    knownZone(row);
                    SheetDiscount discount = new SheetDiscount(
                            row.text("service"),
                            row.text("zone"),
                            percent,
                            row.decimalOrZero("minimum"),
                            row.validity());
                    String what = String.join(" ", "percent", discount.service(), discount.zone())
                            .strip();
                    alike.once(
                            row,
                            what,
                            discount.service(),
                            discount.zone(),
                            discount.validity().begin());
                    return discount;
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

    /** A zone that is named must be one of the sheet's: a discount of any other would never be given. */
    private void knownZone(SheetRow row) {
        String zone = row.text("zone");
        if (!zone.isEmpty() && !zoneNames.isEmpty() && !zoneNames.contains(zone)) {
            row.refuse("zone", String.join(", ", zoneNames));
        }
    }

    /** It would not be offered, whatever it costs: whether it has no fuel or its row was forgotten, nobody can tell. */
    private void withoutFuel(String service) {
        problems.add(
                Problem.of(CarrierCode.RATE_SHEET_NO_FUEL, "file", folder.resolve("fuel.csv"), "service", service));
    }

    private List<SheetRow> rows(String file, List<String> needed, List<String> allowed, boolean required) {
        return new SheetFile(folder.resolve(file), needed, allowed, problems).rows(required);
    }

    private static List<String> with(List<String> columns, String... more) {
        return Stream.concat(Stream.of(more), columns.stream()).toList();
    }
}
