package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.billing.Billing;
import io.waybill.billing.Content;
import io.waybill.billing.Handed;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.cli.Desk;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.SoldLabels;
import io.waybill.ledger.SoldLabels.Label;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.mapping.Mappings;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An invoice somebody else brought, from its variances to the books, call by call. */
class MoneyCallsTest {
    private static final String DAY = "2026-11-16";

    @TempDir
    Path folder;

    private Desk desk;
    private String invoice = "";

    @BeforeEach
    void open() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("sandbox.yaml"), "terms: [ { from: 2026-01-01, disputeDays: 90 } ]");
        Database database = Stores.h2(new DataFolder(data).database());
        SoldLabels.put(
                database,
                "sandbox",
                "USD",
                IntStream.rangeClosed(1, 4)
                        .mapToObj(n -> new Label(
                                "SO-" + n,
                                "1Z" + n,
                                LocalDate.parse(DAY),
                                Map.of("shipping", new BigDecimal("8.10")),
                                false))
                        .toList());
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            invoice = new Billing(
                            ledger,
                            new Accounts(
                                    List.of(FakeCarrier.account("sandbox", new FakeCarrier(IdempotencyClass.A, "1")))),
                            Mappings.load(folder, name -> null),
                            folder,
                            folder,
                            "n")
                    .take(new Handed("nov.csv", Content.of(bill()), "ups", "sandbox", null, "Jane"), Namespaces.ALL)
                    .invoices()
                    .get(0)
                    .row()
                    .id();
        }
        Path config = Files.writeString(folder.resolve("waybill.properties"), """
                waybill.data=%s
                waybill.contracts.dir=%s
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:9
                """.formatted(data, folder));
        desk = new HubWiring().deskOrNew(Settings.read(config, Map.of(), Map.of()));
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void the_audit_log_says_who_brought_an_invoice_and_who_brought_it_again() {
        Desk.Reply again =
                desk.call("post", "/invoices?carrier=ups&account=sandbox&name=nov.csv", bill(), Locale.ENGLISH);
        assertThat(again.status()).as(again.body().toString()).isEqualTo(200);

        JsonNode entries = ok("get", "/audit?entity=" + invoice, "").path("items");

        assertThat(entries).hasSize(2);
        assertThat(entries.at("/0/act").asText()).isEqualTo("invoice.taken-again");
        assertThat(entries.at("/0/by").asText()).isEqualTo("local");
        assertThat(entries.at("/1/act").asText()).isEqualTo("invoice.taken");
        assertThat(entries.at("/1/by").asText()).isEqualTo("Jane");
        assertThat(entries.at("/1/detail").asText()).isEqualTo("sandbox I-1");
    }

    private static byte[] bill() {
        return new UpsFile()
                .charge("I-1", "1Z1", DAY, Charge.transport("8.10"))
                .charge("I-1", "1Z1", DAY, Charge.adjusted("ADC", "Address Correction", "18.00"))
                .charge("I-1", "1Z2", DAY, Charge.transport("8.10"))
                .charge("I-1", "1Z2", DAY, Charge.adjusted("RADJ", "Residential Adjustment", "4.15"))
                .charge("I-1", "1Z3", DAY, Charge.transport("9.10"))
                .charge("I-1", "", DAY, new Charge("MIS", "", "MSC", "SVC", "Weekly Service Charge", "21.00"))
                .bytes();
    }

    private Desk.Reply call(String verb, String path, String body) {
        return desk.call(verb, path, body.getBytes(StandardCharsets.UTF_8), Locale.ENGLISH);
    }

    private JsonNode ok(String verb, String path, String body) {
        Desk.Reply reply = call(verb, path, body);
        assertThat(reply.status()).as(path + " " + reply.body()).isEqualTo(200);
        return reply.body();
    }

    private String refused(int status, String verb, String path, String body) {
        Desk.Reply reply = call(verb, path, body);
        assertThat(reply.status()).as(path + " " + reply.body()).isEqualTo(status);
        return reply.body().at("/errors/0/code").asText();
    }

    private String variance(String rule) {
        JsonNode found =
                ok("get", "/variances?invoice=" + invoice + "&rule=" + rule, "").path("items");
        assertThat(found).as(rule).hasSize(1);
        return "/variances/" + found.at("/0/id").asText();
    }

    @Test
    void how_far_an_account_is_billed_is_told_only_to_who_has_a_shipment_on_its_bills() {
        desk.close();
        try (Ledger ledger =
                Ledger.open(Stores.h2(new DataFolder(folder.resolve("data")).database()), Subscriptions.NONE)) {
            LocalDate day = LocalDate.parse(DAY);
            assertThat(billedUntil(ledger, Namespaces.ALL)).contains(day);
            assertThat(billedUntil(ledger, Namespaces.of(Set.of("acme")))).contains(day);
            assertThat(billedUntil(ledger, Namespaces.of(Set.of("globex")))).isEmpty();
            assertThat(billedUntil(ledger, Namespaces.of(Set.of()))).isEmpty();
        }
    }

    private static Optional<LocalDate> billedUntil(Ledger ledger, Namespaces scope) {
        return ledger.read(tx -> tx.money().billedUntil(scope, "sandbox"));
    }

    @Test
    void every_variance_is_decided_once_and_what_is_disputed_ends_with_the_carriers_word() {
        String address = variance("address-correction");
        String residential = variance("residential-correction");
        String price = variance("price-differs");

        assertThat(ok("post", residential + "/accept", "{\"reason\": \"it is a home\"}")
                        .path("decision")
                        .asText())
                .isEqualTo("accepted");
        assertThat(ok("post", residential + "/accept", "{\"reason\": \"it is a home\"}")
                        .path("decision")
                        .asText())
                .isEqualTo("accepted");
        assertThat(refused(409, "post", residential + "/accept", "{\"reason\": \"it is none\"}"))
                .isEqualTo("variance-decided");
        assertThat(refused(409, "post", residential + "/dispute", "")).isEqualTo("variance-decided");
        assertThat(ok("post", price + "/writeoff", "").path("decision").asText())
                .isEqualTo("written-off");
        assertThat(refused(409, "post", variance("account-fee") + "/dispute", ""))
                .isEqualTo("variance-nothing-to-claim");
        assertThat(refused(404, "post", "/variances/fnd_none/accept", "")).isEqualTo("variance-not-found");
        assertThat(refused(422, "post", address + "/dispute", "{\"reason\": 1}"))
                .isEqualTo("wrong-type");
        String dispute = ok("post", address + "/dispute", "").path("dispute").asText();

        assertThat(ok("get", "/variances?state=open&account=sandbox", "").path("items"))
                .hasSize(1);
        JsonNode listed = ok("get", "/disputes?account=sandbox&state=open", "").at("/items/0");
        assertThat(listed.path("id").asText()).isEqualTo(dispute);
        assertThat(listed.path("claimed").asText()).isEqualTo("18.00");
        assertThat(listed.path("deadline").asText()).isEqualTo("2027-02-19");
        JsonNode line = ok("get", "/disputes/" + dispute, "").at("/lines/0");
        assertThat(line.path("orderId").asText()).isEqualTo("SO-1");
        assertThat(line.path("trackingNumber").asText()).isEqualTo("1Z1");
        Path claim = folder.resolve("claim.csv");
        assertThat(desk.download("/disputes/file?account=sandbox", claim, Locale.ENGLISH)
                        .status())
                .isEqualTo(200);
        assertThat(claim).content().contains("0000A1B2C3", "I-1", "1Z1", "18.00", "2027-02-19");

        JsonNode rejected = ok("post", "/disputes/" + dispute + "/reject", "{\"words\": \"it was wrong\"}");
        assertThat(rejected.path("state").asText()).isEqualTo("rejected");
        assertThat(rejected.path("words").asText()).isEqualTo("it was wrong");
        assertThat(refused(409, "post", "/disputes/" + dispute + "/reject", "")).isEqualTo("dispute-closed");
        assertThat(refused(404, "get", "/disputes/dsp_none", "")).isEqualTo("dispute-not-found");
        assertThat(ok("post", address + "/accept", "").path("decision").asText())
                .as("the carrier said no, so it is decided anew")
                .isEqualTo("accepted");
    }

    @Test
    void what_goes_to_the_carrier_is_every_line_however_many_there_are() throws Exception {
        assertThat(download("/disputes/file?account=sandbox"))
                .as("only the header")
                .hasSize(1);
        String dispute = ok("post", variance("address-correction") + "/dispute", "")
                .path("dispute")
                .asText();
        desk.close();
        Database database = Stores.h2(new DataFolder(folder.resolve("data")).database());
        disputed(database, dispute, 5_100);
        desk = new HubWiring().deskOrNew(Settings.read(folder.resolve("waybill.properties"), Map.of(), Map.of()));

        List<String> all = download("/disputes/file?account=sandbox");
        assertThat(all).hasSize(1 + 5_101).doesNotHaveDuplicates();
        assertThat(download("/disputes/" + dispute + "/file")).isEqualTo(all);
    }

    private List<String> download(String path) throws IOException {
        Path file = folder.resolve("lines.csv");
        assertThat(desk.download(path, file, Locale.ENGLISH).status()).isEqualTo(200);
        return Files.readAllLines(file);
    }

    private static void disputed(Database database, String dispute, int lines) throws SQLException {
        try (Connection store = DriverManager.getConnection(database.url(), database.user(), database.password());
                PreparedStatement more = store.prepareStatement("""
                        INSERT INTO dispute_line (dispute_uid, finding_id, tracking_number, rule_name, evidence, claimed, credited)
                        SELECT ?, 'fnd_more' || x, '1Z' || x, 'price-differs', '', 1, 0 FROM SYSTEM_RANGE(1, ?)""")) {
            more.setString(1, dispute);
            more.setInt(2, lines);
            more.executeUpdate();
        }
    }

    @Test
    void an_invoice_is_approved_posted_and_paid_without_what_is_disputed() {
        ok("post", variance("address-correction") + "/dispute", "");
        assertThat(refused(409, "post", "/invoices/" + invoice + "/post", "")).isEqualTo("invoice-not-approved");
        assertThat(ok("post", "/invoices/" + invoice + "/approve", "")
                        .path("state")
                        .asText())
                .isEqualTo("approved");
        assertThat(refused(409, "post", "/invoices/" + invoice + "/pay", "")).isEqualTo("invoice-not-posted");
        assertThat(ok("post", "/invoices/" + invoice + "/post", "")
                        .path("state")
                        .asText())
                .isEqualTo("posted");
        assertThat(ok("post", "/invoices/" + invoice + "/pay", "").path("state").asText())
                .isEqualTo("part-disputed");

        JsonNode entry = ok("get", "/journal?entry=INV-sandbox-I-1-1", "").path("items");
        BigDecimal balance = BigDecimal.ZERO;
        for (JsonNode line : entry) {
            balance = balance.add(new BigDecimal(line.path("debit").asText()))
                    .subtract(new BigDecimal(line.path("credit").asText()));
        }
        assertThat(entry).hasSizeGreaterThan(6);
        assertThat(balance).isEqualByComparingTo("0");
        JsonNode sums = ok("get", "/charges/sums?by=account", "").at("/items/0");
        assertThat(List.of(
                        sums.path("expected").asText(),
                        sums.path("billed").asText(),
                        sums.path("settled").asText(),
                        sums.path("variance").asText()))
                .containsExactly("32.40", "68.45", "50.45", "36.05");
        assertThat(refused(400, "get", "/charges/sums?by=colour", "")).isEqualTo("bad-parameter");
        assertThat(refused(400, "get", "/charges/sums?currency=Taler", "")).isEqualTo("bad-parameter");
        assertThat(refused(400, "get", "/charges/sums?cursor=x", "")).isEqualTo("bad-parameter");
    }

    @Test
    void whatever_invoices_say_every_list_comes_to_the_same_cent_and_every_cent_has_its_reason() throws Exception {
        addsUp();
        bring("C-1", new UpsFile().charge("C-1", "1Z4", DAY, Charge.adjusted("CADJ", "Credit", "-3.00")));
        UpsFile twice = new UpsFile()
                .charge("I-2", "1Z4", DAY, Charge.transport("8.10"))
                .charge("I-2", "1Z4", DAY, Charge.transport("8.10"));
        bring("I-2", twice);
        bring("I-2 again", twice);
        bring("I-2 in another file", twice.charge("I-3", "1Z3", DAY, Charge.fuel("0.97")));
        bring("I-2 lowered", new UpsFile().charge("I-2", "1Z4", DAY, Charge.transport("8.10")));
        bring("I-2 raised", new UpsFile().charge("I-2", "1Z4", DAY, Charge.transport("12.35")));
        bring("EUR", new UpsFile().row("I-4", "EUR", "1Z3", DAY, Charge.transport("5.05")));
        bring(
                "I-1 without lines",
                new UpsFile()
                        .charge("I-1", "1Z1", DAY, Charge.transport("8.10"))
                        .charge("I-1", "1Z3", DAY, Charge.transport("10.01"))
                        .charge("I-1", "", DAY, new Charge("MIS", "", "MSC", "SVC", "Weekly Service Charge", "20.50")));
        bring(
                "elsewhere",
                new UpsFile()
                        .charge("I-5", "1ZELSEWHERE", DAY, Charge.transport("7.41"))
                        .charge("I-5", "1Z2", DAY, new Charge("SHP", "", "GOV", "01", "Duty", "3.33"))
                        .charge("I-5", "1Z2", DAY, new Charge("SHP", "", "TAX", "02", "Tax", "0.01")));
        ok("post", "/variances/" + finding("I-5", "outside-label") + "/dispute", "");
        bring(
                "charged back",
                new UpsFile().charge("C-2", "1ZELSEWHERE", DAY, Charge.adjusted("CADJ", "Credit", "-7.41")));
        assertThat(list("/disputes?account=sandbox").get(0).path("state").asText())
                .isEqualTo("credited");
        bring("all given back", new UpsFile().charge("C-3", "1Z1", DAY, Charge.adjusted("CADJ", "Credit", "-8.10")));
    }

    @Test
    void a_bill_is_to_come_again_once_a_corrected_invoice_takes_back_all_it_billed() throws Exception {
        assertThat(toCome("SO-1")).isFalse();
        assertThat(toCome("SO-4")).isTrue();

        bring("I-1 without 1Z1", new UpsFile().charge("I-1", "1Z2", DAY, Charge.transport("8.10")));

        assertThat(toCome("SO-1")).isTrue();
        assertThat(toCome("SO-2")).isFalse();
    }

    /** The order says so just where its shipment is among those never billed. */
    private boolean toCome(String order) {
        JsonNode pending = list("/orders?orderId=" + order).get(0).path("pending");
        boolean isToCome = pending.findValuesAsText("what").contains("final_bill");
        assertThat(list("/reconciliation/shipments-never-billed?account=sandbox&until="
                        + LocalDate.now(ZoneOffset.UTC)))
                .extracting(row -> row.path("orderId").asText())
                .matches(orders -> orders.contains(order) == isToCome, order + " " + pending);
        return isToCome;
    }

    @Test
    void what_is_disputed_credited_refused_or_billed_twice_leaves_every_list_at_the_same_cent() throws Exception {
        String address = ok("post", variance("address-correction") + "/dispute", "")
                .path("dispute")
                .asText();
        bring("part", new UpsFile().charge("C-1", "1Z1", DAY, Charge.adjusted("ADC", "Address Correction", "-5.00")));
        assertThat(ok("get", "/disputes/" + address, "").path("credited").asText())
                .isEqualTo("5.00");
        UpsFile otherCurrency =
                new UpsFile().row("C-2", "EUR", "1Z1", DAY, Charge.adjusted("ADC", "Address Correction", "-6.00"));
        bring("in another currency", otherCurrency);
        assertThat(ok("get", "/disputes/" + address, "").path("credited").asText())
                .isEqualTo("5.00");
        ok("post", "/disputes/" + address + "/reject", "{\"words\": \"it was wrong\"}");
        addsUp();
        ok("post", variance("address-correction") + "/writeoff", "{\"reason\": \"not worth it\"}");
        addsUp();
        bring("once", new UpsFile().charge("I-6", "1Z4", DAY, Charge.transport("8.10")));
        bring("twice", new UpsFile().charge("I-7", "1Z4", DAY, Charge.transport("8.10")));
        ok("post", "/variances/" + finding("I-7", "duplicate-charge") + "/dispute", "");
        bring("won", new UpsFile().charge("C-3", "1Z4", DAY, Charge.adjusted("CADJ", "Credit", "-8.10")));
        assertThat(list("/disputes?account=sandbox"))
                .extracting(dispute -> dispute.path("state").asText())
                .containsExactlyInAnyOrder("part-credited", "credited");
        mapped("finer than a cent", "SO-2,1Z2,1.20,0.005,4.00,,USD,\nSO-3,1Z3,1.20,0.0049,0.1,,USD,");
        mapped("with rates", "SO-2,1Z2,1.20,1.00,,,USD,7.1\nSO-3,1Z3,1.20,2.00,,,USD,0.13927512");
    }

    @Test
    void every_table_is_its_list_in_currencies_of_any_decimals_and_whatever_the_words_begin_with() throws Exception {
        desk.close();
        Database database = Stores.h2(new DataFolder(folder.resolve("data")).database());
        SoldLabels.put(database, "=acme", "sandbox", "JPY", sold("=1+1-", "1ZJ", "1234567"));
        SoldLabels.put(database, "sandbox", "KWD", sold("-1.50", "1ZK", "12.345"));
        SoldLabels.put(database, "sandbox", "KWD", sold("@'\"=,;\n", "-1ZL", "0.001"));
        desk = new HubWiring().deskOrNew(Settings.read(folder.resolve("waybill.properties"), Map.of(), Map.of()));
        taken("yen", billed("J-1", "JPY", "1ZJ", "1234570"));
        taken("yen back", billed("J-2", "JPY", "1ZJ", "-9"));
        taken("dinar", billed("K-1", "KWD", "1ZK", "12.348"));
        taken("dinar back", billed("K-2", "KWD", "1ZK", "-0.003"));
        taken("small", billed("=K-3", "KWD", "-1ZL", "0.999"));
        for (String number : List.of("J-1", "K-1", "=K-3")) {
            ok("post", "/variances/" + finding(number, "price-differs") + "/dispute", "{\"reason\": \"=2+2\"}");
        }
        for (String act : List.of("approve", "post", "pay")) {
            ok("post", "/invoices/" + invoice + "/" + act, "");
        }
        addsUp();
    }

    /** With those of two other currencies more than a page of charges has. */
    private static List<Label> sold(String order, String tracking, String price) {
        return IntStream.rangeClosed(1, 60)
                .mapToObj(n -> new Label(
                        order + n,
                        tracking + n,
                        LocalDate.parse(DAY),
                        Map.of("shipping", new BigDecimal(price)),
                        false))
                .toList();
    }

    private static UpsFile billed(String number, String currency, String tracking, String amount) {
        UpsFile file = new UpsFile();
        IntStream.rangeClosed(1, 60)
                .forEach(n -> file.row(
                        number,
                        currency,
                        tracking + n,
                        DAY,
                        amount.startsWith("-")
                                ? Charge.adjusted("CADJ", "=Credit", amount)
                                : new Charge("SHP", "", "FRT", "003", "-Ground", amount)));
        return file;
    }

    private void mapped(String name, String rows) throws IOException {
        String path = "/invoices?mapping=label-platform-bill&account=sandbox&name=" + name.replace(" ", "-") + ".csv";
        Desk.Reply reply = call("post", path, "订单号,运单号,计费重,运费,燃油,补收,币种,汇率\n" + rows + "\n");
        assertThat(reply.status()).as(name + " " + reply.body()).isEqualTo(201);
        addsUp();
    }

    private String finding(String number, String rule) {
        return list("/variances?account=sandbox&rule=" + rule).stream()
                .filter(found -> found.path("invoice").asText().equals(number))
                .map(found -> found.path("id").asText())
                .findFirst()
                .orElseThrow();
    }

    private void bring(String name, UpsFile file) throws IOException {
        taken(name, file);
        addsUp();
    }

    private void taken(String name, UpsFile file) {
        String path = "/invoices?carrier=ups&account=sandbox&name=" + name.replace(" ", "-") + ".csv";
        Desk.Reply reply = desk.call("post", path, file.bytes(), Locale.ENGLISH);
        assertThat(reply.status()).as(name + " " + reply.body()).isBetween(200, 201);
    }

    private void addsUp() throws IOException {
        List<JsonNode> invoices = list("/invoices?account=sandbox");
        List<JsonNode> lines = new ArrayList<>();
        for (JsonNode invoice : invoices) {
            lines.addAll(linesThatAddUp(invoice));
        }
        Map<String, BigDecimal> onShipments =
                summed(lines, "amount", line -> !line.path("shipment").isNull());
        List<JsonNode> crosswalk = list("/crosswalk?account=sandbox");
        assertThat(summed(list("/charges/sums?by=account"), "billed", row -> true))
                .isEqualTo(summed(invoices, "total", invoice -> true));
        assertThat(summed(crosswalk, "billed", row -> true)).isEqualTo(onShipments);
        assertThat(summed(
                        list("/charges"),
                        "amount",
                        line -> line.path("side").asText().equals("billed")))
                .isEqualTo(onShipments);
        assertThat(summed(list("/reconciliation/labels-never-bought?account=sandbox"), "amount", line -> true))
                .isEqualTo(summed(
                        lines, "amount", line -> line.path("bucket").asText().equals("outside-label")));
        List<JsonNode> variances = list("/variances?account=sandbox");
        crosswalk.stream().filter(row -> !row.path("variance").isNull()).forEach(row -> isExplained(row, variances));
        everyTableIsItsList();
    }

    private void everyTableIsItsList() throws IOException {
        SavedLists saved = new SavedLists(desk, folder);
        for (JsonNode invoice : saved.same("/invoices?account=sandbox")) {
            saved.same("/invoices/" + invoice.path("id").asText() + "/lines");
        }
        String soon = LocalDate.now(ZoneOffset.UTC).toString();
        for (String path : List.of(
                "/charges",
                "/charges/sums?by=order,period,costCenter",
                "/crosswalk?account=sandbox",
                "/variances?account=sandbox",
                "/disputes?account=sandbox",
                "/refunds?account=sandbox",
                "/accruals",
                "/journal",
                "/reconciliation/unmatched-lines?account=sandbox",
                "/reconciliation/labels-never-bought?account=sandbox",
                "/reconciliation/shipments-never-billed?account=sandbox&until=" + soon)) {
            saved.same(path);
        }
    }

    private List<JsonNode> linesThatAddUp(JsonNode invoice) {
        String self = "/invoices/" + invoice.path("id").asText();
        JsonNode told = ok("get", self, "");
        List<JsonNode> lines = list(self + "/lines");
        lines.forEach(line -> ((ObjectNode) line).set("currency", invoice.path("currency")));
        assertThat(sum(lines, "amount")).as(self).isEqualByComparingTo(amount(invoice, "total"));
        assertThat(sum(told.path("landed"), "amount")).as(self).isEqualByComparingTo(amount(invoice, "total"));
        assertThat(sum(told.path("rules"), "amount")).as(self).isEqualByComparingTo(amount(told, "variance"));
        assertThat(sum(told.path("findings"), "amount")).as(self).isEqualByComparingTo(amount(told, "variance"));
        assertThat(told.path("unexplained").asText()).as(self).isEqualTo("0.00");
        return lines;
    }

    private static void isExplained(JsonNode row, List<JsonNode> variances) {
        List<JsonNode> found = variances.stream()
                .filter(one -> one.path("shipment").equals(row.path("shipmentId")))
                .filter(one -> one.path("currency").equals(row.path("currency")))
                .toList();
        assertThat(sum(found, "amount")).as(row.toString()).isEqualByComparingTo(amount(row, "variance"));
    }

    private List<JsonNode> list(String path) {
        return new SavedLists(desk, folder).all(path);
    }

    private static BigDecimal amount(JsonNode item, String field) {
        return new BigDecimal(item.path(field).asText());
    }

    private static BigDecimal sum(Iterable<JsonNode> items, String field) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode item : items) {
            sum = item.path(field).isNull() ? sum : sum.add(amount(item, field));
        }
        return sum;
    }

    /** By currency, without those that come to nothing. */
    private static Map<String, BigDecimal> summed(List<JsonNode> items, String field, Predicate<JsonNode> which) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        items.stream()
                .filter(which)
                .filter(item -> !item.path(field).isNull())
                .forEach(item -> sums.merge(
                        item.path("currency").asText(), amount(item, field).setScale(4), BigDecimal::add));
        sums.values().removeIf(sum -> sum.signum() == 0);
        return sums;
    }

    @Test
    void the_crosswalk_is_a_row_a_shipment_with_every_column_from_the_order_to_the_journal() {
        ok("post", "/invoices/" + invoice + "/approve", "");
        ok("post", "/invoices/" + invoice + "/post", "");
        JsonNode rows = ok("get", "/crosswalk?account=sandbox", "").path("items");
        List<String> columns = new ArrayList<>();
        rows.get(0).fieldNames().forEachRemaining(columns::add);

        assertThat(rows).hasSize(4);
        assertThat(columns)
                .contains(("orderId reference costCenter shipmentId trackingNumbers account service enteredWeight "
                                + "billedWeight quoted expected billed refunded variance reason invoice invoiceLine "
                                + "journalEntry balance")
                        .split(" "));
        JsonNode first = rows.get(0);
        assertThat(Stream.of(("orderId reference costCenter enteredWeight expected billed variance reason invoice "
                                        + "journalEntry balance")
                                .split(" "))
                        .map(column -> first.path(column).asText()))
                .containsExactly(
                        "SO-1",
                        "PO-SO-1",
                        "CC-1",
                        "2.00",
                        "8.10",
                        "26.10",
                        "18.00",
                        "address-correction",
                        "I-1",
                        "INV-sandbox-I-1-1",
                        "-18.00");
        assertThat(rows.get(3).path("variance").isNull())
                .as("no invoice bills it yet")
                .isTrue();
        Desk.Reply saved =
                desk.download("/crosswalk?account=sandbox&format=xlsx", folder.resolve("c.xlsx"), Locale.ENGLISH);
        assertThat(saved.status()).isEqualTo(200);
        assertThat(folder.resolve("c.xlsx")).isNotEmptyFile();
    }

    @Test
    void invoices_and_charges_are_saved_as_tables() throws Exception {
        Path invoices = folder.resolve("invoices.csv");
        Path charges = folder.resolve("charges.csv");

        desk.download("/invoices?account=sandbox&format=csv", invoices, Locale.ENGLISH);
        desk.download("/charges?format=csv", charges, Locale.ENGLISH);

        JsonNode listed = ok("get", "/invoices?account=sandbox", "").path("items");
        assertThat(Files.readAllLines(invoices))
                .hasSize(1 + listed.size())
                .last(InstanceOfAssertFactories.STRING)
                .startsWith(invoice + ",I-1,1,fake,sandbox,2026-11-21,matched,USD,")
                .contains("," + listed.at("/0/total").asText() + ",");
        JsonNode lines = ok("get", "/charges", "").path("items");
        assertThat(Files.readAllLines(charges))
                .hasSize(1 + lines.size())
                .anyMatch(line -> line.contains("SO-1,") && line.contains(",expected,label_charge,shipping,8.10,USD,"));
        assertThat(desk.download("/charges?format=xlsx", folder.resolve("c.xlsx"), Locale.ENGLISH)
                        .status())
                .isEqualTo(200);
    }
}
