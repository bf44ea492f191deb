package io.waybill.carrier.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.RateTable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a shipment costs: each parcel by zone and the greater of weight and volume, then fuel on their sum, then the fee
 * for a home. Zones: {@code local} (same country and first character of the postal code), {@code domestic},
 * {@code region}, {@code world}.
 */
final class Tariff {
    static final BigDecimal MAX_KG = new BigDecimal("70");
    private static final BigDecimal FUEL = new BigDecimal("0.12");
    private static final BigDecimal HOME = new BigDecimal("0.35");
    private static final BigDecimal CUBIC_CM_PER_KG = new BigDecimal("5000");

    private final RateTable sheet;
    private final Map<String, Service> services = new LinkedHashMap<>();
    private final CodeTable regions = CodeTable.read(Tariff.class, "regions.csv", "");

    /** @param digits how its tracking numbers begin */
    record Service(String code, String name, int days, String digits) {}

    Tariff() {
        try (Reader rates = resource("rates.csv");
                Reader rows = resource("services.csv")) {
            sheet = RateTable.read(rates);
            CsvReader.builder().ofNamedCsvRecord(rows).forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Collection<Service> services() {
        return services.values();
    }

    /** @throws Refusal when there is none of this code */
    Service service(String code) {
        Service service = services.get(code);
        if (service == null) {
            throw Refusal.field(
                    "unknown_service",
                    "no service '" + code + "'; known: " + String.join(", ", services.keySet()),
                    "service");
        }
        return service;
    }

    /**
     * The parts of the price in USD.
     *
     * @throws Refusal when the service does not take this shipment
     */
    List<Sale.Part> price(Service service, JsonNode request) {
        String zone = zone(request.path("shipFrom"), request.path("shipTo"));
        BigDecimal base = BigDecimal.ZERO;
        JsonNode parcels = request.path("parcels");
        for (int i = 0; i < parcels.size(); i++) {
            BigDecimal kilograms = chargeable(parcels.get(i), i);
            base = base.add(sheet.price(service.code(), zone, kilograms)
                    .orElseThrow(() ->
                            Refusal.field("no_rate", service.name() + " does not deliver to this country", "service")));
        }
        List<Sale.Part> parts = new ArrayList<>();
        parts.add(new Sale.Part("BASE", service.name(), cents(base)));
        parts.add(new Sale.Part("FUEL", "Fuel surcharge 12%", cents(base.multiply(FUEL))));
        if (request.path("shipTo").path("residential").asBoolean()) {
            parts.add(new Sale.Part("RESI", "Residential delivery", HOME));
        }
        return parts;
    }

    /** Two digits after the point, half up. */
    private static BigDecimal cents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }

    private static BigDecimal chargeable(JsonNode parcel, int index) {
        BigDecimal kilograms = Requests.decimal(parcel, "kilograms", "parcels[" + index + "].weight");
        if (kilograms.signum() <= 0) {
            throw Refusal.field("weight_missing", "a parcel needs a weight", "parcels[" + index + "].weight");
        }
        BigDecimal volume = Requests.decimal(parcel, "cubicCentimetres", "parcels[" + index + "].dimensions");
        BigDecimal charged = kilograms.max(volume.divide(CUBIC_CM_PER_KG, 6, RoundingMode.HALF_UP));
        if (charged.compareTo(MAX_KG) > 0) {
            throw Refusal.field(
                    "weight_limit",
                    "a parcel is charged for at most 70 kg; this one has "
                            + charged.stripTrailingZeros().toPlainString() + " kg",
                    "parcels[" + index + "].weight");
        }
        return charged;
    }

    private String zone(JsonNode from, JsonNode to) {
        String origin = Json.text(from, "country");
        String destination = Json.text(to, "country");
        if (origin.equals(destination)) {
            String start = Json.text(from, "postalCode");
            String end = Json.text(to, "postalCode");
            return !start.isEmpty() && !end.isEmpty() && start.charAt(0) == end.charAt(0) ? "local" : "domestic";
        }
        String region = regions.word(origin);
        return !region.isEmpty() && region.equals(regions.word(destination)) ? "region" : "world";
    }

    private void add(NamedCsvRecord row) {
        Service service = new Service(
                row.getField("code"),
                row.getField("name"),
                Integer.parseInt(row.getField("days")),
                row.getField("digits"));
        services.put(service.code(), service);
    }

    private static Reader resource(String name) {
        return new InputStreamReader(
                Objects.requireNonNull(Tariff.class.getResourceAsStream(name), name), StandardCharsets.UTF_8);
    }
}
