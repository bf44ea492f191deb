package io.waybill.carrier;

import io.waybill.carrier.Rates.Rate;
import io.waybill.carrier.SheetPrice.Added;
import io.waybill.carrier.SheetPrice.PricedParcel;
import io.waybill.measure.Money;
import io.waybill.order.Address;
import io.waybill.order.Order;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The prices of one account as its carrier prints them, a folder of CSV files that {@code rates/README.md} describes: zone
 * × weight, volume, an agreed discount, fuel by week, surcharges; all dated. Immutable.
 *
 * @param name of its folder
 */
public record RateSheet(
        String name,
        Map<String, SheetService> services,
        Map<Validity, RateTable> prices,
        Postal<SheetZone> zones,
        Postal<Area> areas,
        List<Fuel> fuels,
        List<SheetDiscount> discounts,
        List<SheetSurcharge> surcharges) {
    record Area(String name, Validity validity) {}

    record Fuel(String service, BigDecimal percent, Validity validity) {}

    /**
     * Reads a sheet.
     *
     * @throws ProblemException with everything that is wrong in any of its files, by file and line
     */
    public static RateSheet read(Path folder) {
        return new SheetReader(folder).read();
    }

    /** The zone a service has for a way, on a day. */
    public Optional<String> zone(String service, Address from, Address to, LocalDate day) {
        return SheetZone.of(zones.ranked(to.country(), to.postalCode()), service, from, day)
                .or(() -> SheetZone.of(zones.elsewhere(), service, from, day));
    }

    /** Every service, priced or with the reason why not, for a shipment handed over on a day. */
    public List<Rate> rates(Shipment shipment, LocalDate day) {
        return services.values().stream()
                .map(service -> rate(service, shipment, day))
                .toList();
    }

    private Rate rate(SheetService service, Shipment shipment, LocalDate day) {
        Order order = shipment.order();
        Address to = order.shipTo();
        List<SheetParcel> parcels = shipment.parcels().stream()
                .map(parcel -> SheetParcel.of(parcel, service))
                .toList();
        Optional<String> zone = zone(service.code(), shipment.shipFrom(), to, day);
        if (zone.isEmpty()) {
            return Rate.excluded(
                    service.code(), Problem.of(CarrierCode.RATE_NO_ZONE, "sheet", name, "to", place(to), "day", day));
        }
        Optional<Problem> limit = service.limit(parcels);
        if (limit.isPresent()) {
            return Rate.excluded(service.code(), limit.get());
        }
        return priced(service, zone.get(), shipment, parcels, day);
    }

    private Rate priced(
            SheetService service, String zone, Shipment shipment, List<SheetParcel> parcels, LocalDate day) {
        Optional<SheetDiscount> discount = SheetDiscount.of(discounts, service.code(), zone, day);
        List<PricedParcel> priced = new ArrayList<>();
        for (SheetParcel parcel : parcels) {
            Optional<BigDecimal> price = price(service.code(), zone, parcel.kilograms(), day);
            if (price.isEmpty()) {
                return Rate.excluded(
                        service.code(),
                        Problem.of(
                                CarrierCode.RATE_NO_PRICE,
                                "sheet",
                                name,
                                "zone",
                                zone,
                                "weight",
                                SheetService.plain(parcel.kilograms()),
                                "day",
                                day));
            }
            BigDecimal agreed = discount.map(one -> one.off(price.get(), service.currency()))
                    .orElse(price.get());
            priced.add(new PricedParcel(parcel, price.get(), agreed));
        }
        Optional<Fuel> fuel = fuel(service.code(), day);
        if (fuel.isEmpty() && !fuels.isEmpty()) {
            return Rate.excluded(service.code(), Problem.of(CarrierCode.RATE_NO_FUEL, "sheet", name, "day", day));
        }
        List<Added> added = added(service, shipment.order(), priced, day);
        return new SheetPrice(service.currency(), priced, fuel.orElse(null), added)
                .rate(service, service.promised(day));
    }

    private List<Added> added(SheetService service, Order order, List<PricedParcel> parcels, LocalDate day) {
        Set<String> in = areas.at(order.shipTo().country(), order.shipTo().postalCode()).stream()
                .filter(area -> area.validity().on(day))
                .map(Area::name)
                .collect(Collectors.toSet());
        List<Added> added = new ArrayList<>();
        for (SheetSurcharge surcharge : newest(day)) {
            List<PricedParcel> those = surcharge.those(order, service.code(), in, parcels);
            if (!those.isEmpty()) {
                added.add(new Added(surcharge, those));
            }
        }
        return added;
    }

    /** Those in force; of rows of one code and the same conditions those that began last. */
    private List<SheetSurcharge> newest(LocalDate day) {
        List<SheetSurcharge> inForce =
                surcharges.stream().filter(row -> row.validity().on(day)).toList();
        Map<SheetSurcharge.Key, LocalDate> begun = new HashMap<>();
        inForce.forEach(row ->
                begun.merge(row.key(), row.validity().begin(), (one, other) -> one.isAfter(other) ? one : other));
        return inForce.stream()
                .filter(row -> row.validity().begin().equals(begun.get(row.key())))
                .toList();
    }

    /** By the newest table that has the service: what it leaves empty is no price of an older one. What begins on one day is one table. */
    private Optional<BigDecimal> price(String service, String zone, BigDecimal kilograms, LocalDate day) {
        List<Map.Entry<Validity, RateTable>> inForce = prices.entrySet().stream()
                .filter(table -> table.getKey().on(day) && table.getValue().has(service))
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing(Validity::begin).reversed().thenComparing(Validity::end)))
                .toList();
        List<Map.Entry<BigDecimal, Map<String, BigDecimal>>> rows = inForce.stream()
                .takeWhile(table ->
                        table.getKey().begin().equals(inForce.get(0).getKey().begin()))
                .flatMap(table -> table.getValue().row(service, kilograms).stream())
                .sorted(Map.Entry.comparingByKey())
                .toList();
        return rows.stream()
                .takeWhile(row -> row.getKey().compareTo(rows.get(0).getKey()) == 0)
                .flatMap(row -> Optional.ofNullable(row.getValue().get(zone)).stream())
                .findFirst();
    }

    /** The week in force, or what was in force last when the file has not been continued; the service's own before the one for all. */
    private Optional<Fuel> fuel(String service, LocalDate day) {
        return fuels.stream()
                .filter(fuel -> fuel.validity().hasBegunBy(day))
                .filter(fuel -> fuel.service().isEmpty() || fuel.service().equals(service))
                .max(Comparator.comparing((Fuel fuel) -> fuel.validity().on(day)
                                ? LocalDate.MAX
                                : fuel.validity().end())
                        .thenComparing(fuel -> !fuel.service().isEmpty())
                        .thenComparing(fuel -> fuel.validity().begin()));
    }

    static Money money(BigDecimal amount, Currency currency) {
        return new Money(amount.setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP), currency);
    }

    private static String place(Address to) {
        return (to.country() + ' ' + (to.postalCode() == null ? "" : to.postalCode())).strip();
    }
}
