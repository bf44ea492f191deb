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
 * Zone × weight prices. As a CSV: the columns {@code service, up_to_kg} and one column per zone. The first row of the
 * service whose weight is not below the parcel's gives the price; an empty cell means the service does not go to that
 * zone.
 */
public final class RateTable {
    private final Map<String, TreeMap<BigDecimal, Map<String, BigDecimal>>> services = new HashMap<>();

    /** The caller closes the reader; fails with the CSV reader's line number on a malformed row. */
    public static RateTable read(Reader csv) {
        RateTable table = new RateTable();
        CsvReader.builder().ofNamedCsvRecord(csv).forEach((NamedCsvRecord row) -> {
            Map<String, BigDecimal> prices = new HashMap<>();
            row.getFieldsAsMap().forEach((column, cell) -> {
                if (!column.equals("service") && !column.equals("up_to_kg") && !cell.isBlank()) {
                    prices.put(column, new BigDecimal(cell));
                }
            });
            table.put(row.getField("service"), new BigDecimal(row.getField("up_to_kg")), prices);
        });
        return table;
    }

    /** False when there was a row for this weight already; the new one is used. */
    boolean put(String service, BigDecimal upToKilograms, Map<String, BigDecimal> prices) {
        return services.computeIfAbsent(service, name -> new TreeMap<>()).put(upToKilograms, prices) == null;
    }

    boolean has(String service) {
        return services.containsKey(service);
    }

    /** The first row of a service whose weight is not below the parcel's, with its prices by zone. */
    Optional<Map.Entry<BigDecimal, Map<String, BigDecimal>>> row(String service, BigDecimal kilograms) {
        TreeMap<BigDecimal, Map<String, BigDecimal>> rows = services.get(service);
        return rows == null ? Optional.empty() : Optional.ofNullable(rows.ceilingEntry(kilograms));
    }

    /** The price of one parcel, or empty when the service, the zone or the weight is not in the table. */
    public Optional<BigDecimal> price(String service, String zone, BigDecimal kilograms) {
        return row(service, kilograms).map(row -> row.getValue().get(zone));
    }
}
