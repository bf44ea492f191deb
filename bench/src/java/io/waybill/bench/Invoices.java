package io.waybill.bench;

import io.waybill.billing.Billing;
import io.waybill.billing.Handed;
import io.waybill.billing.Reconciled;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.SoldLabels;
import io.waybill.ledger.SoldLabels.Label;
import io.waybill.ledger.Subscriptions;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Target;
import io.waybill.order.Orders;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How long one UPS file of many lines takes from its first byte to the audited invoice, and whether half of it takes half as
 * long. Each shipment is billed as expected and, where it has more than three lines, with residential and address corrections.
 */
final class Invoices {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    private static final int BATCH = 10_000;

    private final Store store;

    Invoices(Store store) {
        this.store = store;
    }

    void run(int lines, int shipments) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%-9s %10s %10s %7s %9s %9s %12s %12s%n",
                "store",
                "lines",
                "shipments",
                "MB",
                "seconds",
                "lines/s",
                "findings",
                "unexplained");
        Took half = once(lines / 2, shipments / 2);
        Took whole = once(lines, shipments);
        Purchases.say(
                "twice as many lines took %.2f times as long and %.2f times as much of the processor, but for the compilers",
                whole.seconds() / half.seconds(), whole.processor() / half.processor());
    }

    /** @param processor seconds of it, the compilers' not counted */
    private record Took(double seconds, double processor) {}

    private Took once(int lines, int shipments) throws Exception {
        Database database = store.next();
        Ledger.open(database, Subscriptions.NONE).close();
        sell(database, shipments);
        Path file = Files.createTempFile("waybill-bench", ".csv");
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            write(file, lines, shipments);
            Orders orders = new Orders();
            Mappings mappings = Mappings.load(Path.of("mappings"), name -> Target.of(name, orders.schema(name)));
            Account account = new Account(
                    "ups-1",
                    "ups",
                    new SteadyCarrier("B", Duration.ZERO),
                    Set.of("acme"),
                    1,
                    Duration.ofSeconds(1),
                    "on_creation",
                    true);
            Billing billing = new Billing(
                    ledger,
                    new Accounts(List.of(account)),
                    mappings,
                    Path.of("contracts"),
                    Path.of("mappings/lookups/gl.csv"),
                    "bench");
            Cpu cpu = new Cpu(store);
            long start = System.nanoTime();
            String id = billing.take(
                            new Handed("bench.csv", () -> Files.newInputStream(file), "ups", "ups-1", null, "bench"),
                            Namespaces.ALL)
                    .invoices()
                    .get(0)
                    .row()
                    .id();
            double seconds = (System.nanoTime() - start) / 1e9;
            double processor = (cpu.millisEach(1) - cpu.compilersMillisEach(1)) / 1e3;
            Reconciled done = billing.reconciled(id, Namespaces.ALL, 0);
            Purchases.say(
                    "%-9s %10d %10d %7d %9.1f %9.0f %12d %12s",
                    store.kind,
                    done.lines(),
                    shipments,
                    Files.size(file) >> 20,
                    seconds,
                    lines / seconds,
                    done.rules().stream().mapToInt(rule -> rule.findings()).sum(),
                    done.unexplained().stripTrailingZeros().toPlainString());
            Purchases.say("%.1f s of the processor, %.2f ms a line", processor, processor * 1e3 / lines);
            return new Took(seconds, processor);
        } finally {
            Files.delete(file);
        }
    }

    private static void sell(Database database, int shipments) {
        Map<String, BigDecimal> parts = new LinkedHashMap<>();
        parts.put("shipping", new BigDecimal("8.10"));
        parts.put("fuel_charge", new BigDecimal("0.97"));
        parts.put("additional_fees", new BigDecimal("0.35"));
        for (int from = 0; from < shipments; from += BATCH) {
            List<Label> labels = new ArrayList<>();
            for (int n = from; n < Math.min(from + BATCH, shipments); n++) {
                labels.add(new Label("SO-" + n, tracking(n), DAY, parts, false));
            }
            SoldLabels.put(database, "ups-1", "USD", labels);
        }
    }

    private static void write(Path file, int lines, int shipments) throws IOException {
        String[][] charges = {
            {"SHP", "ISS", "FRT", "3", "Ground Commercial", "8.10"},
            {"SHP", "ISS", "FSC", "FSC", "Fuel Surcharge", "0.97"},
            {"SHP", "ISS", "ACC", "RES", "Residential Surcharge", "0.35"},
            {"ADJ", "RADJ", "ACC", "RES", "Residential Adjustment", "4.15"},
            {"ADJ", "ADC", "ACC", "ADC", "Address Correction", "18.00"}
        };
        BigDecimal total = BigDecimal.ZERO;
        for (int n = 0; n < lines; n++) {
            total = total.add(new BigDecimal(charges[n / shipments % charges.length][5]));
        }
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            String[] cells = new String[250];
            Arrays.fill(cells, "");
            for (int n = 0; n < lines; n++) {
                String[] charge = charges[n / shipments % charges.length];
                row(cells, tracking(n % shipments), charge, total.toPlainString());
                out.write(String.join(",", cells));
                out.write('\n');
            }
        }
    }

    /** By the places of the columns, counted from 1. */
    private static void row(String[] cells, String tracking, String[] charge, String total) {
        cells[0] = "2.1";
        cells[1] = "0000A1B2C3";
        cells[2] = "0000A1B2C3";
        cells[4] = "2026-11-21";
        cells[5] = "I-1";
        cells[9] = "USD";
        cells[10] = total;
        cells[11] = DAY.toString();
        cells[13] = tracking;
        cells[20] = tracking;
        cells[34] = charge[0];
        cells[35] = charge[1];
        cells[43] = charge[2];
        cells[44] = charge[3];
        cells[45] = charge[4];
        cells[50] = "USD";
        cells[52] = charge[5];
    }

    private static String tracking(int n) {
        return "1Z%09d".formatted(n);
    }
}
