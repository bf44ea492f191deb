package io.waybill.carrier;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.Reader;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Zone × weight prices from a CSV with the columns {@code service, up_to_kg} and one column per zone. The first row of
 * the service whose {@code up_to_kg} is not below the weight gives the price; an empty cell means the service does not
 * go to that zone.
 */
public final class RateSheet {
    private final Map<String, TreeMap<BigDecimal, Map<String, String>>> services = new HashMap<>();

    private RateSheet() {}

    /** The caller closes the reader; fails with the CSV reader's line number on a malformed row. */
    public static RateSheet read(Reader csv) {
        RateSheet sheet = new RateSheet();
        CsvReader.builder()
                .ofNamedCsvRecord(csv)
                .forEach((NamedCsvRecord row) -> sheet.services
                        .computeIfAbsent(row.getField("service"), service -> new TreeMap<>())
                        .put(new BigDecimal(row.getField("up_to_kg")), row.getFieldsAsMap()));
        return sheet;
    }

    /** The price of one parcel, or empty when the service, the zone or the weight is not on the sheet. */
    public Optional<BigDecimal> price(String service, String zone, BigDecimal kilograms) {
        TreeMap<BigDecimal, Map<String, String>> rows = services.get(service);
        if (rows == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(rows.ceilingEntry(kilograms))
                .map(row -> row.getValue().getOrDefault(zone, ""))
                .filter(cell -> !cell.isBlank())
                .map(BigDecimal::new);
    }
}
