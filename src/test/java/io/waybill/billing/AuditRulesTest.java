package io.waybill.billing;

import static io.waybill.billing.Written.extra;
import static io.waybill.billing.Written.fuel;
import static io.waybill.billing.Written.of;
import static io.waybill.billing.Written.transport;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.AuditFacts;
import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.VarianceBook.Finding;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule of the audit on one shipment: what it must find, beside what comes near it and must not be found. */
class AuditRulesTest {
    private static final String AGREED = """
            terms:
              - from: 2026-01-01
                tolerance: 0.02
                divisor: 139
                fuel: { 2026-W47: 12.00 }
                guaranteed: { 3: 3 }
                discounts: [ { service: 3, zone: 004, upTo: 10, percent: 40, minimum: 6.00 } ]
                minimums: { 3: 1 }
                accessorials: { RES: 0.35, ADC: 18.00 }
                zones: { US: 005, US-787: 004 }
            """;

    @TempDir
    Path folder;

    private Contract contract = Contract.NONE;
    private Unchecked unchecked = new Unchecked();
    private ShipmentState state = ShipmentState.LABELLED;
    private boolean scanned = true;
    private boolean corrected;
    private Map<String, LocalDate> trackedSince = Map.of("acme", Written.DAY.minusDays(30));
    private LocalDate today = Written.DAY.plusDays(9);
    private @Nullable LocalDate deliveredOn;
    private String destination = "US-78701";
    private Map<String, String> expected = Map.of("shipping", "8.10", "fuel_charge", "0.97", "additional_fees", "0.35");
    private String currency = "USD";

    @BeforeEach
    void agree() throws Exception {
        contract = agreed(AGREED);
    }

    private Contract agreed(String yaml) throws Exception {
        Files.writeString(folder.resolve("ups.yaml"), yaml);
        return new Contracts(folder).of("ups");
    }

    /** What is found, each with its part of the variance and what is claimed; no cent of the variance may be left. */
    private List<String> found(Written... lines) {
        List<InvoiceLineBook.Line> mine = new ArrayList<>();
        List<InvoiceLineBook.Line> before = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            (lines[i].isBefore() ? before : mine).add(lines[i].line(i + 1));
        }
        unchecked = new Unchecked();
        Bill bill = new Bill(
                new AuditFacts.Known("shp_1", "acme", state, deliveredOn, Written.DAY, scanned, "man_1"),
                currency,
                mine,
                List.of(),
                before,
                expected.entrySet().stream()
                        .map(part -> new AuditFacts.Expected(
                                "shp_1", part.getKey(), false, "USD", new BigDecimal(part.getValue())))
                        .toList(),
                destination);
        List<Finding> findings = new BillAudit(
                        bill, new Basis(contract, unchecked, () -> trackedSince, today, currency, corrected))
                .findings();
        BigDecimal explained = findings.stream().map(Finding::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(explained)
                .as("0.00 unexplained")
                .isEqualByComparingTo(Bill.sum(mine).subtract(bill.expectedOwn()));
        assertThat(findings.stream().map(one -> one.rule() + " " + one.line()).distinct())
                .as("a line is claimed by a rule once, for its id is made of both")
                .hasSameSizeAs(findings);
        return findings.stream()
                .map(one -> one.rule() + " " + one.amount().setScale(2) + " claim "
                        + one.claim().setScale(2))
                .toList();
    }

    private final Written asSaid = transport("8.10").list("13.50");

    @Test
    void as_expected_nothing_is_found_and_everything_was_checked() {
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"))).isEmpty();
        assertThat(unchecked.json()).isEqualTo("[]");
    }

    @Test
    void a_charge_billed_before_is_a_duplicate_and_the_same_charge_of_another_piece_is_none() {
        assertThat(found(asSaid, fuel("0.97"), fuel("0.97"), extra("0.35")))
                .containsExactly("duplicate-charge 0.97 claim 0.97");
        expected = Map.of("shipping", "8.10", "fuel_charge", "1.94", "additional_fees", "0.35");
        contract = Contract.NONE;
        assertThat(found(asSaid, fuel("0.97"), fuel("0.97").tracking("1Z2"), extra("0.35")))
                .isEmpty();
    }

    @Test
    void a_credit_that_is_read_before_its_charge_is_a_credit_and_the_charge_is_billed_later() {
        Written[] back = {transport("-8.10"), fuel("-0.97"), extra("-0.35")};
        assertThat(found(back))
                .containsExactly("credit-received -9.42 claim 0.00", "expected-never-billed -9.42 claim 0.00");
        assertThat(found(back[0].before(), back[1].before(), back[2].before(), asSaid, fuel("0.97"), extra("0.35")))
                .containsExactly("billed-later 9.42 claim 0.00");
    }

    @Test
    void what_a_first_bill_charges_and_gives_back_is_given_back() {
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), transport("-8.10"), fuel("-0.97"), extra("-0.35")))
                .containsExactly("credit-received -9.42 claim 0.00");
        assertThat(found(asSaid, of("discount", "-8.10")))
                .as("a discount gives nothing back")
                .doesNotContain("credit-received -9.42 claim 0.00");
    }

    @Test
    void what_a_first_bill_gives_back_again_with_its_discount_is_given_back_whatever_it_was_billed_at() {
        contract = Contract.NONE;
        for (String list : List.of("10.10", "10.50")) {
            assertThat(found(
                            transport(list),
                            of("discount", "-2.00"),
                            fuel("0.97"),
                            extra("0.35"),
                            transport("-" + list).kind("refund"),
                            of("discount", "2.00").kind("refund"),
                            fuel("-0.97").kind("refund"),
                            extra("-0.35").kind("refund")))
                    .as(list)
                    .containsExactly("credit-received -9.42 claim 0.00");
        }
    }

    @Test
    void a_first_bill_that_gives_back_but_one_part_or_a_correction_leaves_the_rest_to_be_billed() {
        contract = Contract.NONE;
        Written adc = extra("18.00").reason("ADC");
        assertThat(found(adc, extra("-18.00").reason("ADC"))).contains("expected-never-billed -9.42 claim 0.00");
        assertThat(found(asSaid, transport("-8.10").kind("refund")))
                .containsExactly("credit-received -8.10 claim 0.00", "expected-never-billed -1.32 claim 0.00");
        assertThat(found(
                        transport("8.50"),
                        fuel("0.97"),
                        extra("0.35"),
                        adc,
                        transport("-8.50").kind("refund"),
                        fuel("-0.97").kind("refund"),
                        extra("-0.35").kind("refund")))
                .as("the correction is still asked back")
                .containsExactly("credit-received -9.42 claim 0.00", "address-correction 18.00 claim 18.00");
    }

    @Test
    void a_discount_that_is_taken_back_makes_no_price_higher() {
        contract = Contract.NONE;
        assertThat(found(
                        transport("10.10"),
                        of("discount", "-2.00"),
                        fuel("0.97"),
                        transport("-10.10").kind("refund"),
                        of("discount", "2.00").kind("refund")))
                .containsExactly(
                        "credit-received -10.10 claim 0.00",
                        "credit-received 2.00 claim 0.00",
                        "expected-never-billed -0.35 claim 0.00");
    }

    @Test
    void a_voided_label_whose_credit_was_read_before_its_charge_claims_nothing() {
        state = ShipmentState.VOIDED;
        expected = Map.of();
        assertThat(found(transport("-8.10").before(), asSaid)).containsExactly("voided-but-billed 8.10 claim 0.00");
        assertThat(found(transport("-3.00").before(), asSaid)).containsExactly("voided-but-billed 8.10 claim 5.10");
        assertThat(found(transport("8.10").before(), asSaid)).contains("duplicate-charge 8.10 claim 8.10");
    }

    @Test
    void a_price_beyond_the_tolerance_is_claimed_and_one_within_is_told() {
        assertThat(found(transport("8.60"), fuel("1.03"), extra("0.35")))
                .containsExactly("fuel 0.06 claim 0.00", "price-differs 0.50 claim 0.50");
        assertThat(found(transport("8.11"), fuel("0.97"), extra("0.35")))
                .containsExactly("within-tolerance 0.01 claim 0.00");
        assertThat(found(transport("8.00"), fuel("0.97"), extra("0.35")))
                .as("less than expected is no claim")
                .containsExactly("price-differs -0.10 claim 0.00");
    }

    @Test
    void what_is_agreed_from_a_later_day_on_is_not_held_against_a_line_that_names_no_day() throws Exception {
        contract = agreed(AGREED + """
              - from: 2027-01-01
                tolerance: 5.00
            """);

        assertThat(found(
                        transport("8.60").undated(),
                        fuel("0.97").undated(),
                        extra("0.35").undated()))
                .containsExactly("price-differs 0.50 claim 0.50");
    }

    @Test
    void a_line_of_a_day_that_has_not_begun_in_utc_is_held_against_the_terms_of_that_day() throws Exception {
        today = Written.DAY.minusDays(1);
        contract = agreed(AGREED + """
              - from: 2026-11-16
                tolerance: 5.00
            """);

        assertThat(found(transport("8.60"), fuel("0.97"), extra("0.35")))
                .containsExactly("within-tolerance 0.50 claim 0.00");
        assertThat(found(
                        transport("8.60").undated(),
                        fuel("0.97").undated(),
                        extra("0.35").undated()))
                .containsExactly("price-differs 0.50 claim 0.50");
    }

    @Test
    void a_measured_weight_is_claimed_unless_the_contract_arrives_at_it_too() {
        Written corrected = transport("3.40").reason("SCC").weighed("2", "9");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), corrected.dimensions("12.0x 9.0x 7.0")))
                .containsExactly("weight-correction 3.40 claim 3.40");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), corrected.dimensions("14.0x 10.0x 9.0")))
                .as("1260 cubic inches are 10 lb by 139")
                .containsExactly("weight-correction 3.40 claim 0.00");
        assertThat(found(transport("11.50").weighed("2", "9"), fuel("1.38"), extra("0.35")))
                .containsExactly("fuel 0.41 claim 0.00", "weight-correction 3.40 claim 3.40");
        assertThat(found(transport("8.60").weighed("1.4", "2"), fuel("1.03"), extra("0.35")))
                .as("rounded up to the next pound is no other weight")
                .containsExactly("fuel 0.06 claim 0.00", "price-differs 0.50 claim 0.50");
    }

    @Test
    void of_a_correction_that_gives_the_old_charge_back_no_more_is_claimed_than_it_adds() {
        Written back = transport("-8.10").reason("SCC");
        Written anew = transport("11.50").reason("SCC").weighed("2", "9");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), back, anew))
                .containsExactly("weight-correction -8.10 claim 0.00", "weight-correction 11.50 claim 3.40");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), anew, back))
                .containsExactly("weight-correction 11.50 claim 3.40", "weight-correction -8.10 claim 0.00");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), anew, back.tracking("1Z2")))
                .as("what is given back of another parcel is none of this one's")
                .contains("weight-correction 11.50 claim 11.50");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), extra("-4.15").reason("RADJ"), anew))
                .as("nor what is given back for another reason")
                .contains("weight-correction 11.50 claim 11.50");
    }

    @Test
    void the_least_weight_of_the_contract_is_legitimate_and_more_than_it_is_not() throws Exception {
        Written least = transport("8.65").weighed("0.4", "1");
        expected = Map.of("shipping", "8.10", "fuel_charge", "1.04", "additional_fees", "0.35");
        assertThat(found(least, fuel("1.04"), extra("0.35"))).containsExactly("price-differs 0.55 claim 0.55");
        Written lifted = transport("8.65").weighed("0.4", "2");
        assertThat(found(lifted, fuel("1.04"), extra("0.35"))).containsExactly("weight-correction 0.55 claim 0.55");
        Written said = transport("0.55").reason("SCC").weighed("0.4", "1").weightType("3");
        assertThat(found(transport("8.10"), fuel("1.04"), extra("0.35"), said))
                .contains("minimum-weight 0.55 claim 0.00");
        Written false3 = transport("0.55").reason("SCC").weighed("0.4", "2").weightType("3");
        assertThat(found(transport("8.10"), fuel("1.04"), extra("0.35"), false3))
                .as("the carrier's word does not stand against the contract")
                .contains("weight-correction 0.55 claim 0.55");
        contract = agreed(AGREED.replace("minimums: { 3: 1 }", "minimums: { 3: 5 }"));
        assertThat(found(transport("8.65").weighed("2", "5"), fuel("1.04"), extra("0.35")))
                .containsExactly("minimum-weight 0.55 claim 0.00");
    }

    @Test
    void residential_and_address_corrections_are_claimed_and_the_surcharge_that_was_expected_is_not() {
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), extra("4.15").reason("RADJ")))
                .containsExactly("residential-correction 4.15 claim 4.15");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), extra("18.00").reason("ADC")))
                .containsExactly("address-correction 18.00 claim 18.00");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35").code("RES"))).isEmpty();
    }

    @Test
    void a_zone_is_claimed_unless_the_chart_has_it_too() {
        Written zone = transport("1.25").reason("ZONE");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), zone))
                .as("the chart says 004 for 787")
                .containsExactly("zone-correction 1.25 claim 0.00");
        destination = "US-10001";
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), zone)).containsExactly("zone-correction 1.25 claim 1.25");
        assertThat(found(transport("9.10"), fuel("1.09"), extra("0.35")))
                .as("billed in a zone that is not the chart's")
                .containsExactly("fuel 0.12 claim 0.00", "zone-correction 1.00 claim 1.00");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35")))
                .as("as expected, in whatever zone")
                .isEmpty();
    }

    @Test
    void fuel_above_the_percent_of_its_week_is_claimed_also_where_it_was_expected() {
        assertThat(found(asSaid, fuel("1.62"), extra("0.35"))).containsExactly("fuel 0.65 claim 0.65");
        expected = Map.of("shipping", "8.10", "fuel_charge", "1.62", "additional_fees", "0.35");
        assertThat(found(asSaid, fuel("1.62"), extra("0.35")))
                .as("what was expected was too much as well")
                .containsExactly("fuel 0.00 claim 0.65");
        expected = Map.of("shipping", "8.10", "fuel_charge", "0.90", "additional_fees", "0.35");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35")))
                .as("the bill is right, what was expected is not")
                .containsExactly("fuel 0.07 claim 0.00");
        expected = Map.of("shipping", "8.10", "fuel_charge", "0.97", "additional_fees", "0.35");
        assertThat(found(asSaid, fuel("0.98"), extra("0.35")))
                .as("a cent of rounding")
                .doesNotContain("fuel 0.01 claim 0.01");
    }

    @Test
    void fuel_is_rounded_for_each_tracking_number_and_charged_on_the_extras_the_contract_names() throws Exception {
        contract = agreed("terms: [ { from: 2026-01-01, fuel: { 2026-W47: 10 }, fuelOn: [ RES ] } ]");
        expected = Map.of("shipping", "20.00", "fuel_charge", "2.00");
        List<Written> pieces = new ArrayList<>();
        for (int n = 1; n <= 4; n++) {
            pieces.add(transport("5.05").tracking("1Z" + n));
            pieces.add(fuel("0.51").tracking("1Z" + n));
        }
        assertThat(found(pieces.toArray(Written[]::new)))
                .as("4 × 0.51, not 10 % of 20.20")
                .containsExactly("fuel 0.04 claim 0.00", "price-differs 0.20 claim 0.20");
        expected = Map.of("shipping", "8.10", "fuel_charge", "0.97", "additional_fees", "5.00");
        assertThat(found(transport("8.10"), fuel("1.31"), extra("5.00"))).containsExactly("fuel 0.34 claim 0.00");
        assertThat(found(transport("8.10"), fuel("1.31"), extra("5.00").code("MSX")))
                .containsExactly("fuel 0.34 claim 0.50");
    }

    @Test
    void a_discount_that_is_not_in_the_price_is_claimed_and_the_least_price_is_not() {
        assertThat(found(transport("13.50").list("13.50"), fuel("1.62"), extra("0.35")))
                .containsExactly("missing-discount 5.40 claim 5.40", "fuel 0.65 claim 0.65");
        expected = Map.of("shipping", "13.50", "fuel_charge", "1.62", "additional_fees", "0.35");
        assertThat(found(transport("13.50").list("13.50"), fuel("1.62"), extra("0.35")))
                .as("the label was sold at list too")
                .containsExactly("missing-discount 0.00 claim 5.40", "fuel 0.00 claim 0.65");
        expected = Map.of("shipping", "6.00", "fuel_charge", "0.72", "additional_fees", "0.35");
        assertThat(found(transport("6.00").list("8.00"), fuel("0.72"), extra("0.35")))
                .as("40 % off 8.00 is below the least price of 6.00")
                .isEmpty();
        assertThat(found(transport("8.00").list("10.00"), Written.of("discount", "-2.00"), fuel("0.72"), extra("0.35")))
                .as("a discount on a line of its own counts")
                .isEmpty();
    }

    @Test
    void each_parcel_of_a_shipment_has_its_own_discount_and_least_price() throws Exception {
        Written[] pieces = {
            transport("6.00").list("8.00"), fuel("0.72"),
            transport("6.00").list("8.00").tracking("1Z2"), fuel("0.72").tracking("1Z2"),
            transport("6.00").list("8.00").tracking("1Z3"), fuel("0.72").tracking("1Z3")
        };
        expected = Map.of("shipping", "18.00", "fuel_charge", "2.16");
        assertThat(found(pieces)).as("the least price of each").isEmpty();
        pieces[4] = transport("8.00").list("8.00").tracking("1Z3");
        assertThat(found(pieces)).as("one was billed at list").containsExactly("missing-discount 2.00 claim 2.00");
        expected = Map.of("shipping", "18.60", "fuel_charge", "2.23");
        assertThat(found(
                        transport("16.00").list("16.00"),
                        fuel("1.15"),
                        transport("15.00").list("15.00").tracking("1Z2"),
                        fuel("1.08").tracking("1Z2"),
                        Written.of("discount", "-12.40").tracking("")))
                .as("one discount for all of them")
                .isEmpty();
        contract = agreed(AGREED.replaceFirst("discounts: .*", "discounts: [ { upTo: 10, percent: 40 } ]"));
        expected = Map.of("shipping", "34.80", "fuel_charge", "4.18");
        assertThat(found(
                        transport("4.80").list("8.00"),
                        fuel("0.58"),
                        transport("30.00").list("30.00").weighed("12", "12").tracking("1Z2"),
                        fuel("3.60").tracking("1Z2")))
                .as("no discount is agreed for the heavy one")
                .isEmpty();
        contract = agreed(AGREED.replaceFirst("discounts: .*", "discounts: [ { percent: 40 } ]"));
        expected = Map.of("shipping", "24.00");
        assertThat(found(
                        transport("20.00").list("20.00"),
                        Written.of("discount", "-16.00"),
                        transport("20.00").list("20.00").tracking("1Z2")))
                .as("one stands with the discount of both")
                .isEmpty();
    }

    @Test
    void an_extra_above_its_price_in_the_contract_is_claimed_and_one_at_its_price_is_not() {
        assertThat(found(asSaid, fuel("0.97"), extra("0.95"))).containsExactly("accessorial 0.60 claim 0.60");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), extra("17.00").code("ADC")))
                .as("not expected, but agreed")
                .containsExactly("price-differs 17.00 claim 0.00");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"))).isEmpty();
    }

    @Test
    void what_is_billed_of_a_voided_label_is_claimed_until_it_is_credited() {
        state = ShipmentState.VOIDED;
        expected = Map.of("shipping", "0.00");
        assertThat(found(transport("8.10"), fuel("0.97"))).containsExactly("voided-but-billed 9.07 claim 9.07");
        assertThat(found(transport("8.10"), transport("-8.10").kind("void_credit")))
                .isEmpty();
        assertThat(found(transport("8.10").before(), transport("-8.10").kind("void_credit")))
                .containsExactly("credit-received -8.10 claim 0.00");
    }

    @Test
    void of_a_voided_label_that_an_earlier_version_expects_less_than_nothing_of_no_more_is_claimed_than_is_billed() {
        state = ShipmentState.VOIDED;
        expected = Map.of("shipping", "-8.10");
        assertThat(found(transport("8.10"))).containsExactly("voided-but-billed 16.20 claim 8.10");
    }

    @Test
    void a_label_billed_and_never_scanned_is_claimed_and_one_that_may_still_be_on_its_way_is_not() {
        scanned = false;
        assertThat(found(asSaid, fuel("0.97"), extra("0.35")))
                .containsExactly("manifested-not-shipped 0.00 claim 9.42");
        today = Written.DAY.plusDays(7);
        assertThat(found(asSaid, fuel("0.97"), extra("0.35")))
                .as("seven days may pass")
                .isEmpty();
        today = Written.DAY.plusDays(9);
        assertThat(found(transport("8.10").delivered("2026-11-18"), fuel("0.97"), extra("0.35")))
                .as("the bill itself says that it was delivered")
                .isEmpty();
        trackedSince = Map.of("globex", Written.DAY.minusDays(30));
        assertThat(found(asSaid, fuel("0.97"), extra("0.35")))
                .as("others are tracked")
                .isEmpty();
        assertThat(unchecked.json()).contains("scans");
    }

    @Test
    void what_came_after_the_promised_working_day_is_claimed_and_on_the_day_itself_nothing() throws Exception {
        assertThat(found(asSaid.delivered("2026-11-20"), fuel("0.97"), extra("0.35")))
                .containsExactly("late-delivery 0.00 claim 8.10");
        assertThat(found(transport("8.10").list("13.50").delivered("2026-11-19"), fuel("0.97"), extra("0.35")))
                .isEmpty();
        contract = agreed(AGREED + "    holidays: [ 2026-11-18 ]\n");
        assertThat(found(transport("8.10").list("13.50").delivered("2026-11-20"), fuel("0.97"), extra("0.35")))
                .as("a holiday is no working day")
                .isEmpty();
    }

    @Test
    void duties_are_told_apart_and_those_that_were_expected_are_a_price_like_any_other() {
        Written duty = Written.of("duties_and_taxes", "12.00").kind("duty_tax");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), duty))
                .containsExactly("duties-and-taxes 12.00 claim 0.00");
        expected = Map.of(
                "shipping", "8.10", "fuel_charge", "0.97", "additional_fees", "0.35", "duties_and_taxes", "12.00");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), duty)).isEmpty();
    }

    @Test
    void credits_and_returns_are_told_and_claim_nothing() {
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), transport("-8.10").reason("GSR")))
                .containsExactly("credit-received -8.10 claim 0.00");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), transport("7.00").reason("RTS")))
                .containsExactly("returned 7.00 claim 0.00");
    }

    @Test
    void another_currency_is_told_as_it_is() {
        currency = "EUR";
        assertThat(found(transport("8.10"), fuel("0.97"))).containsExactly("currency-differs 9.07 claim 0.00");
    }

    @Test
    void what_was_expected_and_is_not_billed_is_told_and_known_when_a_later_invoice_brings_it() {
        assertThat(found(asSaid, fuel("0.97"))).containsExactly("expected-never-billed -0.35 claim 0.00");
        assertThat(found(extra("18.00").reason("ADC")))
                .as("a correction came before the label's own price")
                .containsExactly("address-correction 18.00 claim 18.00", "expected-never-billed -9.42 claim 0.00");
        assertThat(found(transport("8.10").before(), fuel("0.97").before(), extra("0.35")))
                .containsExactly("billed-later 0.35 claim 0.00");
        assertThat(found(transport("8.10").before(), fuel("0.97").before(), extra("0.95")))
                .containsExactly("billed-later 0.35 claim 0.00", "accessorial 0.60 claim 0.60");
    }

    @Test
    void of_a_part_that_was_billed_before_only_what_goes_beyond_its_price_is_claimed() {
        contract = Contract.NONE;
        expected = Map.of("shipping", "16.20", "fuel_charge", "1.94");
        assertThat(found(transport("8.10").before(), fuel("0.97").before(), transport("8.10"), fuel("0.97")))
                .as("the second piece of two comes a week later, under the same number")
                .containsExactly("billed-later 9.07 claim 0.00");
        assertThat(found(transport("8.10").before(), transport("9.10").tracking("1Z2")))
                .containsExactly("billed-later 8.10 claim 0.00", "price-differs 1.00 claim 1.00");
        expected = Map.of("shipping", "10.00");
        assertThat(found(transport("6.00").before(), fuel("4.00")))
                .as("one price for all of it")
                .containsExactly("billed-later 4.00 claim 0.00");
        assertThat(found(transport("6.00").before(), fuel("4.50")))
                .containsExactly("billed-later 4.00 claim 0.00", "price-differs 0.50 claim 0.50");
        assertThat(found(Written.of("duties_and_taxes", "12.00").before(), transport("10.00")))
                .as("a duty that comes on top is nothing of the price")
                .containsExactly("billed-later 10.00 claim 0.00");
    }

    @Test
    void what_was_credited_and_is_charged_anew_is_no_duplicate() {
        contract = Contract.NONE;
        Written refund = transport("-8.10").kind("refund").code("CR");
        expected = Map.of("shipping", "8.10");
        assertThat(found(
                        transport("8.10").before(),
                        transport("-8.10").kind("refund").before(),
                        transport("8.10")))
                .containsExactly("billed-later 8.10 claim 0.00");
        assertThat(found(transport("8.10").before(), refund, transport("8.10"))).isEmpty();
        assertThat(found(transport("8.10").before(), refund, transport("9.00")))
                .containsExactly(
                        "credit-received -8.10 claim 0.00",
                        "billed-later 8.10 claim 0.00",
                        "price-differs 0.90 claim 0.90");
        assertThat(found(transport("8.10"), refund, transport("8.10"))).isEmpty();
        assertThat(found(transport("8.10"), refund, transport("8.10"), transport("8.10")))
                .containsExactly("duplicate-charge 8.10 claim 8.10");
        assertThat(found(
                        transport("8.10").before(),
                        transport("-8.10").reason("GSR").before(),
                        transport("8.10")))
                .as("what was paid back for a delay is not to be charged again")
                .containsExactly("duplicate-charge 8.10 claim 8.10");
    }

    @Test
    void equal_charges_of_several_pieces_under_one_number_are_no_duplicates_as_far_as_they_were_expected() {
        contract = Contract.NONE;
        expected = Map.of("shipping", "16.00");
        assertThat(found(transport("8.00"), transport("8.00"))).isEmpty();
        assertThat(found(transport("8.00"), transport("8.00"), transport("8.00")))
                .containsExactly("duplicate-charge 8.00 claim 8.00");
        expected = Map.of("shipping", "16.00", "fuel_charge", "2.00");
        assertThat(found(transport("5.40"), transport("5.40"), transport("5.40"), fuel("2.00")))
                .as("what is above the price of all pieces")
                .containsExactly("duplicate-charge 5.40 claim 0.20", "price-differs -5.20 claim 0.00");
    }

    @Test
    void of_an_invoice_billed_again_under_another_number_no_more_is_claimed_than_it_comes_to() {
        contract = Contract.NONE;
        expected = Map.of("shipping", "8.00");
        assertThat(found(
                        transport("10.00").before(),
                        Written.of("discount", "-6.00").before(),
                        transport("10.00").tracking("1Z2").before(),
                        Written.of("discount", "-6.00").tracking("1Z2").before(),
                        transport("10.00"),
                        Written.of("discount", "-6.00"),
                        transport("10.00").tracking("1Z2"),
                        Written.of("discount", "-6.00").tracking("1Z2")))
                .as("each parcel with its own discount")
                .containsExactly("duplicate-charge 4.00 claim 4.00", "duplicate-charge 4.00 claim 4.00");
        assertThat(found(
                        transport("10.00").before(),
                        transport("10.00").tracking("1Z2").before(),
                        Written.of("discount", "-12.00").tracking("").before(),
                        transport("10.00"),
                        transport("10.00").tracking("1Z2"),
                        Written.of("discount", "-12.00").tracking("")))
                .as("one discount for all of them")
                .containsExactly("duplicate-charge -2.00 claim 0.00", "duplicate-charge 10.00 claim 8.00");
    }

    @Test
    void what_came_late_is_claimed_only_as_far_as_no_other_rule_claims_it() {
        assertThat(found(transport("13.50").list("13.50").delivered("2026-11-20"), fuel("1.62"), extra("0.35")))
                .containsExactly(
                        "missing-discount 5.40 claim 5.40", "fuel 0.65 claim 0.65", "late-delivery 0.00 claim 8.10");
        state = ShipmentState.VOIDED;
        expected = Map.of("shipping", "0.00");
        assertThat(found(asSaid.delivered("2026-11-20"), fuel("0.97")))
                .containsExactly("voided-but-billed 9.07 claim 9.07");
    }

    @Test
    void a_corrected_invoice_that_charges_more_than_expected_is_claimed_for_what_is_above() {
        corrected = true;
        expected = Map.of("shipping", "8.10");
        assertThat(found(transport("6.00").before(), transport("2.10")))
                .containsExactly("invoice-corrected 2.10 claim 0.00");
        assertThat(found(transport("6.00").before(), transport("4.00")))
                .containsExactly("invoice-corrected 4.00 claim 1.90");
        assertThat(found(transport("9.00").before(), transport("-0.90")))
                .containsExactly("invoice-corrected -0.90 claim 0.00");
        assertThat(found(
                        transport("8.10").before(),
                        Written.of("duties_and_taxes", "12.00").kind("duty_tax")))
                .containsExactly("invoice-corrected 12.00 claim 0.00");
    }

    @Test
    void a_charge_that_stands_again_and_is_given_back_beside_it_makes_no_room_for_another() {
        expected = Map.of("shipping", "8.10");
        assertThat(found(
                        transport("8.10").before(),
                        transport("8.10"),
                        transport("-8.10"),
                        extra("2.22").code("MSX")))
                .containsExactly("unexpected-charge 2.22 claim 2.22");
    }

    @Test
    void what_nobody_expected_is_told_by_name() {
        expected = Map.of("shipping", "8.10", "fuel_charge", "0.97");
        assertThat(found(asSaid, fuel("0.97"), extra("2.22").code("MSX")))
                .containsExactly("unexpected-charge 2.22 claim 2.22");
        assertThat(unchecked.json()).contains("MSX");
        assertThat(found(transport("8.10").before(), extra("5.00").code("MSX")))
                .containsExactly("unexpected-charge 5.00 claim 5.00");
        expected = Map.of();
        assertThat(found(transport("8.10"), fuel("0.97"))).containsExactly("price-unknown 9.07 claim 0.00");
        assertThat(found(transport("13.50").list("13.50"), fuel("1.62")))
                .as("the contract knows the price where the label did not")
                .containsExactly(
                        "missing-discount 5.40 claim 5.40", "fuel 0.65 claim 0.65", "price-unknown 9.07 claim 0.00");
    }

    @Test
    void where_one_price_was_said_for_all_the_bill_is_compared_as_a_whole() {
        expected = Map.of("shipping", "9.42");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"))).isEmpty();
        assertThat(found(transport("9.10"), fuel("1.09"), extra("0.35")))
                .containsExactly("price-differs 1.12 claim 1.12");
        assertThat(found(asSaid, fuel("1.62"), extra("0.35"))).containsExactly("fuel 0.65 claim 0.65");
    }

    @Test
    void where_taxes_stand_beside_one_price_they_are_compared_with_it() {
        expected = Map.of("shipping", "9.42", "tax", "1.79");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), tax())).isEmpty();
        assertThat(found(asSaid, fuel("0.97"), extra("0.85"), tax())).containsExactly("accessorial 0.50 claim 0.50");
        assertThat(found(asSaid, fuel("0.97"), extra("0.35"), tax().before()))
                .containsExactly("billed-later 9.42 claim 0.00");
        assertThat(found(asSaid.before(), fuel("0.97").before(), extra("0.35").before(), tax()))
                .containsExactly("billed-later 1.79 claim 0.00");
        assertThat(found(asSaid.before(), tax().before(), fuel("0.97")))
                .as("1.32 of the price is not billed yet")
                .containsExactly("billed-later 0.97 claim 0.00");
        assertThat(found(asSaid.before(), fuel("0.97").before(), extra("0.35").before(), tax().before(), fuel("0.50")))
                .containsExactly("unexpected-charge 0.50 claim 0.50");
    }

    private static Written tax() {
        return Written.of("tax", "1.79");
    }

    @Test
    void what_the_contract_does_not_say_is_not_checked_and_said() throws Exception {
        contract = agreed("terms: [ { from: 2026-01-01 } ]");
        scanned = false;
        trackedSince = Map.of();
        assertThat(found(
                        transport("8.10").weightType("3").weighed("1", "5").dimensions("9x9x9"),
                        fuel("0.97"),
                        extra("0.45")))
                .contains("price-differs 0.10 claim 0.10");
        assertThat(unchecked.json())
                .contains(
                        "\"fuel\",\"value\":\"2026-W47\"",
                        "discounts",
                        "guarantee",
                        "\"accessorials\",\"value\":\"RES\"",
                        "scans");
    }
}
