package io.waybill.carrier.dhl_express;

import static io.waybill.carrier.Samples.PDF;
import static io.waybill.carrier.Samples.home;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.CarrierStub;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.Documents;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.PlayedContract;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Samples;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.measure.Money;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressCarrierTest extends PlayedContract {
    @RegisterExtension
    static final ExpressServer DHL = new ExpressServer();

    private static final String WAYBILL = "1234561001";
    private static final String PIECE = "JD014600001001001";

    @Override
    protected boolean printsAgain() {
        return false;
    }

    @Override
    protected CarrierFactory factory() {
        return new ExpressFactory();
    }

    @Override
    protected CarrierStub server() {
        return DHL;
    }

    @Override
    protected Carrier carrierAt(URI base) {
        return open(base, ExpressServer.SECRET);
    }

    @Override
    protected List<String> essential() {
        return List.of("/shipmentTrackingNumber");
    }

    @Override
    protected String secret() {
        return ExpressServer.SECRET;
    }

    @Override
    protected Shipment shipment(LabelRequest label) {
        return Samples.shipment(home("Jane Roe"), "express_domestic", label, "1.2", "3");
    }

    @Override
    protected Optional<Carrier> stranger() {
        return Optional.of(open(DHL.url(), "another-secret"));
    }

    @Override
    protected Optional<Money> total(Outcome.Bought bought) {
        Reply billed = Reply.of(bought.response()).list("shipmentCharges").get(1);
        return Optional.of(billed.money("price", "priceCurrency"));
    }

    @Override
    protected Optional<Consumer<String>> unknownCode() {
        return Optional.of(
                number -> DHL.tracking = tracked(number, event("Z9", "Beamed up", "2024-04-23", "09:15:19", "-05:00")));
    }

    @Override
    protected void prices() {
        DHL.rates = """
                {"products":[
                  {"productName":"EXPRESS WORLDWIDE NONDOC","productCode":"P",
                   "totalPrice":[{"currencyType":"BASEC","priceCurrency":"EUR","price":182.84},
                                 {"currencyType":"BILLC","priceCurrency":"GBP","price":160.00}],
                   "totalPriceBreakdown":[{"currencyType":"BILLC","priceCurrency":"GBP",
                     "priceBreakdown":[{"typeCode":"STTXA","price":2.05},{"typeCode":"SPRQT","price":130}]}],
                   "detailedPriceBreakdown":[
                     {"currencyType":"BASEC","priceCurrency":"EUR","breakdown":[{"name":"EXPRESS WORLDWIDE","price":150.49}]},
                     {"currencyType":"BILLC","priceCurrency":"GBP","breakdown":[
                       {"name":"EXPRESS WORLDWIDE","typeCode":"EXPRESS WORLDWIDE NONDOC","price":130},
                       {"name":"EMERGENCY SITUATION","serviceCode":"CR","price":0.27},
                       {"name":"FUEL SURCHARGE","serviceCode":"FF","price":27.68}]}],
                   "deliveryCapabilities":{"estimatedDeliveryDateAndTime":"2026-11-27T23:59:00","totalTransitDays":"3"}},
                  {"productCode":"Y","totalPrice":[{"currencyType":"BILLC","priceCurrency":"GBP","price":75.5}]}]}""";
    }

    @Override
    protected List<String> saysNothing() {
        return List.of("/shipments an empty list", "/shipments/0 left out");
    }

    @Override
    protected void scans(String number) {
        DHL.tracking = tracked(
                number,
                event("PU", "Shipment picked up", "2024-04-23", "13:56:21", ""),
                event("WC", "With delivery courier", "2024-04-25", "08:00:00", "+02:00"),
                event("OK", "Delivered", "2024-04-25", "10:00:00", "+02:00"));
    }

    // ---- buying

    @Test
    void the_first_parcel_is_followed_by_the_waybill_and_its_piece_stands_beside() {
        Outcome.Bought bought = bought(buy(shipment(PDF)));
        String waybill = bought.id().value();
        assertThat(bought.numbers())
                .extracting(number -> number.kind() + " " + number.parcel())
                .containsExactly("tracking 1", "piece 1", "tracking 2");
        assertThat(bought.numbers().get(0).value()).isEqualTo(waybill);
        assertThat(bought.numbers().get(1).value()).startsWith("JD");
    }

    @Test
    void of_the_prices_in_three_currencies_the_billed_one_is_taken_in_its_parts() {
        assertThat(bought(buy(to("Jane Roe"))).charges())
                .extracting(charge -> charge.code() + " " + charge.type() + " " + charge.amount())
                .containsExactly("BASE shipping 40 EUR", "FF fuel_charge 7.90 EUR", "II insurance 2.00 EUR");
    }

    @Test
    void what_dhl_warns_of_though_it_sold_is_told() {
        DHL.sale = answer -> {
            answer.putArray("warnings")
                    .add("The e-mail of the receiver is not valid.")
                    .add("");
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).said()).isEqualTo("The e-mail of the receiver is not valid.");
    }

    @Test
    void an_answer_without_prices_pieces_or_with_numbers_for_strings_is_a_sale_all_the_same() {
        DHL.sale = answer -> {
            answer.remove(List.of("shipmentCharges", "packages"));
            return answer.put("shipmentTrackingNumber", 1103733901L).put("aFieldNobodyAnnounced", true);
        };
        Outcome.Bought bought = bought(buy(to("Jane Roe")));
        assertThat(bought.id().value()).isEqualTo("1103733901");
        assertThat(bought.numbers()).containsExactly(new ExternalNumber("tracking", 1, "1103733901"));
        assertThat(bought.charges()).isEmpty();
        DHL.sale = answer -> {
            ((ObjectNode) answer.path("shipmentCharges").path(1)).put("priceCurrency", "QQQ");
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).charges()).isEmpty();
    }

    @Test
    void label_waybill_and_invoice_are_documents_of_their_own() {
        assertThat(kinds(buy(ExpressRequestsTest.toGermany())))
                .containsExactly("shipping_label 1 PDF", "waybill 0 PDF", "commercial_invoice 0 PDF");
        assertThat(kinds(buy(shipment(new LabelRequest("ZPL", "4x8", 300)))))
                .containsExactly("shipping_label 1 ZPL", "shipping_label 2 ZPL", "waybill 0 ZPL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4x6", "4x8", "A4", "A6"})
    void a_label_has_the_size_it_was_asked_for_in(String size) {
        assertThat(bought(buy(shipment(new LabelRequest("PDF", size, 300))))
                        .label()
                        .orElseThrow()
                        .documents())
                .filteredOn(document -> document.kind().equals("shipping_label"))
                .extracting(Label.Document::size)
                .containsOnly(size);
    }

    /** Both are one template of DHL's; what was asked for is known by the bytes that were stored, and those are the ones that are sent. */
    @ParameterizedTest
    @CsvSource({"4x6, false", "4x8, false", "A6, true"})
    void behind_a_request_for_a6_and_no_other_stands_a_line_break(String size, boolean isMarked) {
        Prepared prepared = carrier().prepare(shipment(new LabelRequest("PDF", size, 300)), Samples.ref());
        carrier().buy(prepared);
        List<CarrierStub.Call> calls = DHL.calls("/shipments");
        String sent = calls.get(calls.size() - 1).text();
        assertThat(sent).isEqualTo(new String(prepared.bytes(), UTF_8));
        assertThat(sent.endsWith("}\n")).isEqualTo(isMarked);
        assertThat(sent.endsWith("}")).isEqualTo(!isMarked);
    }

    @Test
    void labels_go_to_the_parcel_they_name_and_what_is_left_over_is_the_waybill() {
        DHL.sale = answer -> {
            ArrayNode documents = answer.putArray("documents");
            ExpressServer.document(documents, "label", "pdf").put("packageReferenceNumber", 2);
            ExpressServer.document(documents, "label", "zpl").put("packageReferenceNumber", "1");
            ExpressServer.document(documents, "label", "pdf");
            ExpressServer.document(documents, "qr-code", "pdf");
            documents.addObject().put("typeCode", "invoice").put("content", "bm8gZG9jdW1lbnQ=");
            return answer;
        };
        assertThat(kinds(buy(shipment(PDF))))
                .containsExactly("shipping_label 1 ZPL", "shipping_label 2 PDF", "waybill 0 PDF");
    }

    @Test
    void one_file_for_all_parcels_is_taken_apart_by_its_pages() {
        DHL.sale = answer -> {
            answer.putArray("documents").addObject().put("typeCode", "label").put("content", pages(3));
            return answer;
        };
        assertThat(kinds(buy(shipment(PDF))))
                .containsExactly("shipping_label 1 PDF", "shipping_label 2 PDF", "waybill 0 PDF");
        DHL.sale = answer -> {
            answer.putArray("documents").addObject().put("typeCode", "label").put("content", pages(1));
            return answer;
        };
        assertThat(bought(buy(shipment(PDF))).label()).isEmpty();
        DHL.sale = answer -> {
            answer.putArray("documents")
                    .addObject()
                    .put("typeCode", "label")
                    .put("content", Base64.getEncoder().encodeToString("%PDF-1.4 no page\n%%EOF\n".getBytes(US_ASCII)));
            return answer;
        };
        assertThat(bought(buy(shipment(PDF))).label()).isEmpty();
    }

    @Test
    void a_label_that_cannot_be_read_does_not_undo_the_sale_and_is_never_printed_again() {
        DHL.sale = answer -> {
            answer.putArray("documents").addObject().put("typeCode", "label").put("content", "bm8gcGljdHVyZQ==");
            return answer;
        };
        Outcome.Bought bought = bought(buy(to("Jane Roe")));
        assertThat(bought.label()).isEmpty();
        assertThat(carrier().fetch(bought.id(), PDF)).isInstanceOf(Fetched.Gone.class);
    }

    @Test
    void what_somebody_else_pays_is_no_cost_of_the_account() {
        ObjectNode order = Json.mapper().valueToTree(to("Jane Roe").order());
        order.putObject("billing").put("payer", "thirdParty").put("account", "987654321");
        DHL.sale = answer -> {
            answer.set("shipmentCharges", ExpressServer.charges());
            return answer;
        };
        assertThat(bought(buy(of(order))).charges()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|{\"title\":\"Unauthorized\",\"detail\":\"Unauthorized for given resource.\",\"status\":401}|NotSent||",
                "403|{\"detail\":\"5032: Not authorized to use this service.\",\"status\":\"403\"}|NotSent||",
                "400|{\"detail\":\"998: ShipTimeStamp is not well formatted.\"}|Refused|998|/options/shipDate",
                "400|{\"detail\":\"7008: The Code #/valueAddedServices/0/serviceCode 'AA' is not available\"}|Refused|7008|/options/saturday",
                "422|{\"detail\":\"#/content/packages/0/weight: 0 is not greater or equal to 0.001\",\"status\":422}|Refused|422|/parcels/0/weight",
                "422|{\"detail\":\"#/customerDetails/shipperDetails/contactInformation: required key [phone] not found\"}|Refused|422|/shipFrom/phone",
                "400|{\"detail\":\"Multiple problems found, see Additional Details\",\"additionalDetails\":[\"7127: The sellerDetails/postalAddress/countryCode value is invalid.\",\"7147: The description #/content/exportdeclaration/lineitems/1/description is vague\"]}|Refused|7127|/items/1/description",
                "400|{\"reasons\":[{\"msg\":\"Account not found\"}]}|Refused|400|",
                "201|{\"detail\":\"#/productCode: wrong\",\"status\":\"400\"}|Refused|400|/service",
                "400|{\"detail\":\"999: Process failure occurred. Process ID (1234567890)\"}|Unknown||",
                "500|{\"detail\":\"999: Process failure occurred.\",\"code\":\"500\"}|Unknown||",
                "400|{\"detail\":\"999: Process failure occurred.\",\"additionalDetails\":[\"Shipment could not be completed\"]}|Unknown||",
                "422|{\"detail\":\"The service is temporarily unavailable\",\"reasons\":[{\"msg\":\"Not done\"}]}|Unknown||",
                "422|{\"title\":\"Validation error\",\"status\":\"422\"}|Refused|422|",
                "400|{\"message\":\"7127: #/productCode: wrong\"}|Refused|7127|/service",
                "400|{\"errors\":[{\"message\":\"No such account\"}]}|Refused|400|",
                "400|{\"message\":\"999: Process failure occurred.\"}|Unknown||",
                "400|{\"detail\":\"8015: We cannot do it now. Please try again later.\"}|Unknown||",
                "422|{\"title\":\"The service is temporarily unavailable\"}|Unknown||",
                "409|{\"title\":\"Conflict\",\"detail\":\"A request of this reference is being processed.\"}|Unknown||",
                "400|{}|Unknown||",
                "404|{\"message\":\"no Route matched with those values\"}|Unknown||",
                "400|<html>bad request</html>|Unknown||"
            })
    void every_family_of_errors_is_read(int status, String body, String outcome, String code, String pointer) {
        DHL.instead = ExpressServer.of(status, body);
        ObjectNode order = Json.mapper().valueToTree(to("Jane Roe").order());
        order.putObject("options").put("saturday", true);
        Outcome answer = buy(of(order));
        assertThat(answer.getClass().getSimpleName()).isEqualTo(outcome);
        if (answer instanceof Outcome.Refused no) {
            assertThat(no.code()).isEqualTo(code);
            assertThat(no.pointer()).isEqualTo(pointer);
            assertThat(no.words()).isNotBlank();
        }
    }

    @Test
    void several_problems_are_told_at_once() {
        DHL.instead = ExpressServer.of(
                400,
                "{\"detail\":\"see Additional Details\",\"additionalDetails\":[\"1: One\",\"2: Two\",\"1: One\"]}");
        assertThat(buy(to("Jane Roe")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, no -> assertThat(no.words()).isEqualTo("1: One; 2: Two"));
    }

    @Test
    void a_carrier_that_does_not_answer_in_time_may_have_sold() {
        DHL.instead = ExpressServer.of(201, "{}").withFixedDelay(1_500);
        Carrier hasty = open(DHL.url(), ExpressServer.SECRET, "answerTimeout=100ms");
        assertThat(hasty.buy(hasty.prepare(to("Jane Roe"), Samples.ref()))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void there_is_no_void() {
        assertThat(carrier()).isNotInstanceOf(Voids.class);
        assertThat(factory().facts().lacks()).anyMatch(lack -> lack.startsWith("voids"));
    }

    // ---- looking up

    @Test
    void what_was_not_scanned_yet_is_found_in_the_other_view_with_its_pieces() {
        DHL.knownIn = "advance-shipment";
        Carrier carrier = carrier();
        Ref ref = Samples.ref();
        carrier.buy(carrier.prepare(Samples.shipment(home("LOSE Jane"), "express_domestic", PDF, "1", "2"), ref));
        assertThat(carrier.find(ref)).isInstanceOfSatisfying(Found.Sold.class, sold -> {
            assertThat(sold.bought().id().value()).matches("\\d{10}");
            assertThat(sold.bought().numbers())
                    .extracting(number -> number.kind() + " " + number.parcel())
                    .containsExactly("tracking 1", "piece 1", "tracking 2");
            assertThat(sold.bought().label()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 JD3, 1 JD1, 2 JD2|piece 1 JD1, tracking 2 JD2, tracking 3 JD3",
                "1 JD1, 3 JD3|piece 1 JD1, tracking 3 JD3",
                "3 JD3|tracking 3 JD3",
                "1 JD1, 1 JD2|piece 1 JD1, tracking 2 JD2",
                "0 JD1, 1 JD2|piece 1 JD1, tracking 2 JD2",
                "x JD1, 1 JD2|piece 1 JD2, tracking 2 JD1"
            })
    void a_piece_belongs_to_the_parcel_dhl_names_and_where_it_names_none_they_stand_in_order(String told, String read) {
        ObjectNode shipment = RequestJson.object().put("shipmentTrackingNumber", WAYBILL);
        ArrayNode pieces = shipment.putArray("pieces");
        ArrayNode packages = RequestJson.object().putArray("packages");
        for (String piece : told.split(", ")) {
            String[] parts = piece.split(" ");
            pieces.addObject().put("number", parts[0]).put("trackingNumber", parts[1]);
            packages.addObject().put("referenceNumber", parts[0]).put("trackingNumber", parts[1]);
        }
        DHL.tracking = answer(shipment);
        assertThat(carrier().find(Samples.ref()))
                .isInstanceOfSatisfying(
                        Found.Sold.class,
                        sold -> assertThat(pieces(sold.bought())).isEqualTo(read));
        DHL.sale = answer -> answer.set("packages", packages);
        assertThat(pieces(bought(buy(shipment(PDF))))).isEqualTo(read);
    }

    private static String pieces(Outcome.Bought bought) {
        return bought.numbers().stream()
                .filter(number -> number.value().startsWith("JD"))
                .map(number -> number.kind() + " " + number.parcel() + " " + number.value())
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|{\"shipments\":[]}|Nothing",
                "200|{\"shipments\":[{\"shipmentTrackingNumber\":1,\"shipperReferences\":[{\"value\":\"another\"}]}]}|Unreachable",
                "200|{\"shipments\":[{\"shipmentTrackingNumber\":1},{\"shipmentTrackingNumber\":2}]}|Untold",
                "200|{\"shipments\":{\"shipmentTrackingNumber\":1234567890}}|Sold",
                "200|{}|Unreachable",
                "404|{\"detail\":\"No data found\",\"title\":\"Not data found\"}|Nothing",
                "404|{\"message\":\"no Route matched\"}|Unreachable",
                "400|{\"detail\":\"Missing mandatory parameters: shipperAccountNumber\"}|Unreachable"
            })
    void only_what_dhl_says_it_does_not_know_is_nothing(int status, String body, String found) {
        DHL.tracking = ExpressServer.of(status, body);
        assertThat(carrier().find(Samples.ref()).getClass().getSimpleName()).isEqualTo(found);
    }

    // ---- prices

    @Test
    void a_product_that_cannot_be_read_hides_no_other() {
        DHL.rates = """
                {"products":[
                 {"productCode":"P","totalPrice":[{"currencyType":"BILLC","priceCurrency":"EUR","price":"on request"}]},
                 {"totalPrice":[{"currencyType":"BILLC","priceCurrency":"EUR","price":1}]},
                 {"productCode":"N","totalPrice":[{"currencyType":"BILLC","priceCurrency":"EUR","price":7.5}]}]}
                """;
        assertThat(((Rates) carrier()).rates(shipment(PDF)))
                .extracting(rate -> String.valueOf(rate.total()))
                .containsExactly("null", "null", "7.5 EUR");
    }

    @Test
    void a_part_in_another_currency_is_none_of_the_total() {
        DHL.rates = """
                {"products":[
                 {"productCode":"P","totalPrice":[{"currencyType":"BILLC","priceCurrency":"EUR","price":160}],
                  "totalPriceBreakdown":[{"currencyType":"BILLC","priceCurrency":"CZK",
                    "priceBreakdown":[{"typeCode":"STTXA","price":21}]}],
                  "detailedPriceBreakdown":[{"currencyType":"BILLC","priceCurrency":"EUR","breakdown":[
                    {"name":"EXPRESS WORLDWIDE","price":130,"priceCurrency":"EUR"},
                    {"name":"FUEL SURCHARGE","serviceCode":"FF","price":20},
                    {"name":"DUTY TAX PAID","serviceCode":"DD","price":17,"priceCurrency":"GBP"}]}]},
                 {"productCode":"N","totalPrice":[{"currencyType":"BILLC","priceCurrency":"EUR","price":80}],
                  "detailedPriceBreakdown":[{"currencyType":"BILLC","priceCurrency":"GBP","breakdown":[
                    {"name":"EXPRESS DOMESTIC","price":68}]}]}]}
                """;
        assertThat(((Rates) carrier()).rates(shipment(PDF)))
                .extracting(rate -> rate.charges().stream()
                        .map(charge -> charge.code() + " " + charge.amount())
                        .toList())
                .containsExactly(List.of("BASE 130 EUR", "FF 20 EUR", "null 10 EUR"), List.of("null 80 EUR"));
    }

    @Test
    void taxes_and_discounts_beside_the_services_count_once_where_no_sum_tells_them() {
        String prices = """
                {"products":[{"productCode":"P","totalPrice":[{"currencyType":"BILLC","priceCurrency":"EUR","price":%s}],
                  "totalPriceBreakdown":[{"currencyType":"BILLC","priceCurrency":"EUR","priceBreakdown":[%s]}],
                  "detailedPriceBreakdown":[{"currencyType":"BILLC","priceCurrency":"EUR","breakdown":[
                    {"name":"EXPRESS WORLDWIDE","price":100,"priceBreakdown":[
                      {"priceType":"TAX","typeCode":"VAT","price":19,"rate":19,"basePrice":100},
                      {"priceType":"P","typeCode":"DISCOUNT","price":10}]},
                    {"name":"FUEL SURCHARGE","serviceCode":"FF","price":20,"priceBreakdown":[
                      {"priceType":"TAX","typeCode":"VAT","price":3.8,"rate":19,"basePrice":20}]}]}]}]}
                """;
        assertThat(parts(prices.formatted("142.80", "")))
                .as("prices before taxes and after discounts")
                .containsExactly("BASE 100 EUR", "FF 20 EUR", "VAT 19 EUR", "VAT 3.8 EUR");
        assertThat(parts(prices.formatted("132.80", "")))
                .as("prices before both")
                .containsExactly("BASE 100 EUR", "FF 20 EUR", "P -10 EUR", "VAT 19 EUR", "VAT 3.8 EUR");
        assertThat(parts(prices.formatted("120", "")))
                .as("prices with both")
                .containsExactly("BASE 100 EUR", "FF 20 EUR");
        assertThat(parts(prices.formatted(
                        "132.80", "{\"typeCode\":\"STTXA\",\"price\":22.8},{\"typeCode\":\"STDIS\",\"price\":-10}")))
                .as("sums")
                .containsExactly("BASE 100 EUR", "FF 20 EUR", "STDIS -10 EUR", "STTXA 22.8 EUR");
        assertThat(parts(prices.formatted("125", "{\"typeCode\":\"STTXA\",\"price\":0}")))
                .as("a sum of none")
                .containsExactly("BASE 100 EUR", "FF 20 EUR", "null 5 EUR");
    }

    @Test
    void a_part_beside_a_service_that_is_told_as_tax_and_as_discount_is_the_one_its_type_says() {
        String prices = """
                {"products":[{"productCode":"P","totalPrice":[{"currencyType":"BILLC","priceCurrency":"EUR","price":%s}],
                  "detailedPriceBreakdown":[{"currencyType":"BILLC","priceCurrency":"EUR","breakdown":[
                    {"name":"EXPRESS WORLDWIDE","price":100,"priceBreakdown":[
                      {"priceType":"TAX","typeCode":"DISCOUNT","price":19}]}]}]}]}
                """;
        assertThat(parts(prices.formatted("119"))).containsExactly("BASE 100 EUR", "DISCOUNT 19 EUR");
        assertThat(parts(prices.formatted("81"))).containsExactly("BASE 100 EUR", "null -19 EUR");
    }

    private List<String> parts(String prices) {
        DHL.rates = prices;
        return ((Rates) carrier())
                .rates(shipment(PDF)).get(0).charges().stream()
                        .map(charge -> charge.code() + " " + charge.amount())
                        .toList();
    }

    @ParameterizedTest
    @CsvSource({"2026-11-27T23:59:00, 2026-11-27", "0000-00-00T00:00:00, null", "2026-11-31, null", "'', null"})
    void a_promise_that_is_no_day_hides_no_price(String told, String promised) {
        DHL.rates =
                "{\"products\":[{\"productCode\":\"N\",\"totalPrice\":[{\"currencyType\":\"BILLC\",\"priceCurrency\":"
                        + "\"EUR\",\"price\":7.5}],\"deliveryCapabilities\":{\"estimatedDeliveryDateAndTime\":\"" + told
                        + "\"}}]}";
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .extracting(rate -> rate.total() + " " + rate.promised())
                .containsExactly("7.5 EUR " + promised);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2.0, 2", "'\"2.00\"', 2", "1.5, null", "'\"\"', null"})
    void days_are_read_as_whole_numbers_however_they_are_written(String told, String days) {
        DHL.rates =
                "{\"products\":[{\"productCode\":\"N\",\"totalPrice\":[{\"currencyType\":\"BILLC\",\"priceCurrency\":"
                        + "\"EUR\",\"price\":7.5}],\"deliveryCapabilities\":{\"totalTransitDays\":" + told + "}}]}";
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .extracting(rate -> rate.total() + " " + rate.days())
                .containsExactly("7.5 EUR " + days);
    }

    @Test
    void every_product_has_its_billed_price_in_parts_its_days_and_its_day() {
        DHL.rates = """
                {"products":[
                  {"productName":"EXPRESS WORLDWIDE NONDOC","productCode":"P",
                   "totalPrice":[{"currencyType":"BASEC","priceCurrency":"EUR","price":182.84},
                                 {"currencyType":"BILLC","priceCurrency":"GBP","price":"160.00"}],
                   "totalPriceBreakdown":[{"currencyType":"BILLC","priceCurrency":"GBP",
                     "priceBreakdown":[{"typeCode":"STTXA","price":2.05},{"typeCode":"SPRQT","price":130}]}],
                   "detailedPriceBreakdown":[
                     {"currencyType":"BASEC","priceCurrency":"EUR","breakdown":[{"name":"EXPRESS WORLDWIDE","price":150.49}]},
                     {"currencyType":"BILLC","priceCurrency":"GBP","breakdown":[
                       {"name":"EXPRESS WORLDWIDE","typeCode":"EXPRESS WORLDWIDE NONDOC","price":130},
                       {"name":"EMERGENCY SITUATION","serviceCode":"CR","price":0.27},
                       {"name":"FUEL SURCHARGE","serviceCode":"FF","price":27.68},
                       {"name":"SATURDAY DELIVERY","serviceCode":"AA"}]}],
                   "deliveryCapabilities":{"estimatedDeliveryDateAndTime":"2026-11-27T23:59:00","totalTransitDays":"3"}},
                  {"productCode":"Y","totalPrice":{"priceCurrency":"GBP","price":75.5},
                   "detailedPriceBreakdown":[{"priceCurrency":"GBP","breakdown":[{"serviceCode":"ZZ","name":"NEW","price":5.5}]}]},
                  {"productCode":"F","totalPrice":[{"currencyType":"BILLC","priceCurrency":"GBP","price":0}]}],
                 "warnings":["Price can't be calculated"]}""";
        List<Rates.Rate> rates = ((Rates) carrier()).rates(to("Jane Roe"));
        assertThat(rates).extracting(Rates.Rate::service).containsExactly("express_worldwide", "express_12", "F");
        Rates.Rate worldwide = rates.get(0);
        assertThat(worldwide.total()).isEqualTo(Money.of("160.00", "GBP"));
        assertThat(worldwide.days()).isEqualTo(3);
        assertThat(worldwide.promised()).isEqualTo("2026-11-27");
        assertThat(worldwide.charges())
                .extracting(charge -> charge.code() + " " + charge.type() + " " + charge.amount())
                .containsExactly(
                        "BASE shipping 130 GBP",
                        "CR additional_fees 0.27 GBP",
                        "FF fuel_charge 27.68 GBP",
                        "STTXA tax 2.05 GBP");
        assertThat(rates.get(1).charges())
                .extracting(charge -> charge.code() + " " + charge.type() + " " + charge.amount())
                .containsExactly("ZZ uncategorized 5.5 GBP", "null shipping 70.0 GBP");
        assertThat(rates.get(2).excluded()).isEqualTo("Price can't be calculated");
    }

    @Test
    void a_lane_without_a_price_says_why() {
        DHL.instead = ExpressServer.error(400, "The account number is not found or invalid.");
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).contains("account number"));
        DHL.instead = ExpressServer.of(503, "");
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).contains("HTTP 503"));
        DHL.instead = ExpressServer.error(200, "996: The requested product(s) are not available on this lane.");
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).contains("not available on this lane"));
    }

    // ---- following

    @Test
    void waybills_and_pieces_are_asked_for_apart_and_each_has_its_own_events() {
        ObjectNode shipment = RequestJson.object().put("shipmentTrackingNumber", Long.parseLong(WAYBILL));
        shipment.putArray("events")
                .add(event("PU", "Shipment picked up", "2024-04-23", "13:56:21", ""))
                .add(event("OK", "Delivered", "2024-04-25", "10:00:00", "+02:00"));
        shipment.putArray("pieces")
                .addObject()
                .put("trackingNumber", PIECE)
                .putArray("events")
                .add(event("WC", "With delivery courier", "2024-04-25", "08:00", "+02:00"))
                .add(event("wc", "With delivery courier", "2024-04-25", "08:00", "+02:00"))
                .add(event("OK", "no time", "", "", ""));
        DHL.tracking = answer(shipment);
        List<Tracks.Event> events = ((Tracks) carrier()).track(List.of(PIECE, WAYBILL));
        assertThat(events)
                .extracting(
                        event -> event.trackingNumber() + " " + event.code() + " " + event.status() + " " + event.at())
                .contains(
                        WAYBILL + " PU picked_up 2024-04-23T13:56:21Z",
                        WAYBILL + " OK delivered 2024-04-25T10:00+02:00",
                        PIECE + " WC out_for_delivery 2024-04-25T08:00+02:00");
        assertThat(events.get(0).place()).isEqualTo("SYDNEY-AU");
        assertThat(DHL.calls("/tracking"))
                .extracting(call -> call.query("shipmentTrackingNumber") + call.query("pieceTrackingNumber"))
                .contains(WAYBILL, PIECE);
    }

    @Test
    void a_waybill_is_found_though_its_number_is_told_in_groups() {
        ObjectNode shipment = RequestJson.object()
                .put("shipmentTrackingNumber", WAYBILL.replaceAll("(\\d{2})(\\d{4})(\\d{4})", "$1 $2 $3"));
        shipment.putArray("events").add(event("OK", "Delivered", "2024-04-25", "10:00:00", "+02:00"));
        DHL.tracking = answer(shipment);

        assertThat(((Tracks) carrier()).track(List.of(WAYBILL)))
                .extracting(event -> event.trackingNumber() + " " + event.status())
                .containsExactly(WAYBILL + " delivered");
    }

    @ParameterizedTest
    @CsvSource({
        "+09:00, 2024-04-25T10:00+09:00",
        "+0900, 2024-04-25T10:00+09:00",
        "-5:00, 2024-04-25T10:00-05:00",
        "GMT+02:00, 2024-04-25T10:00+02:00",
        "summer, 2024-04-25T10:00Z"
    })
    void no_event_is_lost_over_the_offset_of_its_time(String offset, String at) {
        ObjectNode shipment = RequestJson.object().put("shipmentTrackingNumber", WAYBILL);
        shipment.putArray("events").add(event("OK", "Delivered", "2024-04-25", "10:00:00", offset));
        DHL.tracking = answer(shipment);
        assertThat(((Tracks) carrier()).track(List.of(WAYBILL)))
                .extracting(event -> event.status() + " " + event.at())
                .containsExactly("delivered " + at);
    }

    @Test
    void an_unknown_number_has_no_events_and_trouble_is_no_answer() {
        DHL.tracking = ExpressServer.of(404, "{\"detail\":\"No data found\",\"title\":\"Not data found\"}");
        assertThat(((Tracks) carrier()).track(List.of(WAYBILL))).isEmpty();
        DHL.tracking = ExpressServer.error(400, "Parameters not having correct format");
        assertThatThrownBy(() -> ((Tracks) carrier()).track(List.of(WAYBILL))).hasMessageContaining("format");
        DHL.tracking = ExpressServer.error(200, "We cannot look it up");
        assertThatThrownBy(() -> ((Tracks) carrier()).track(List.of(WAYBILL))).hasMessageContaining("look it up");
        DHL.tracking = ExpressServer.of(503, "");
        assertThatThrownBy(() -> ((Tracks) carrier()).track(List.of(WAYBILL))).hasMessageContaining("503");
    }

    @Test
    void many_numbers_are_asked_for_in_few_calls() {
        DHL.tracking = ExpressServer.of(200, "{\"shipments\":[]}");
        int before = DHL.calls("/tracking").size();
        List<String> many = java.util.stream.IntStream.range(0, 120)
                .mapToObj(i -> "10000000" + String.format("%02d", i % 100))
                .toList();
        ((Tracks) carrier()).track(many);
        assertThat(DHL.calls("/tracking").size() - before).isEqualTo(3);
    }

    // ---- papers

    @Test
    void papers_are_looked_for_in_this_month_and_the_last() {
        ObjectNode answer = RequestJson.object();
        ArrayNode documents = answer.putArray("documents");
        String content = Base64.getEncoder().encodeToString(ExpressServer.PDF);
        for (String type : List.of("waybill", "commercial-invoice", "customs-entry", "something-new")) {
            documents
                    .addObject()
                    .put("typeCode", type)
                    .put("encodingFormat", "PDF")
                    .put("content", content);
        }
        YearMonth last = YearMonth.now(ZoneOffset.UTC).minusMonths(1);
        DHL.images = Map.of(last.toString(), ExpressServer.of(200, answer.toString()));
        Documents papers = (Documents) carrier();
        assertThat(papers.documents(new ShipmentId(WAYBILL)))
                .extracting(Label.Document::kind)
                .containsExactly("waybill", "commercial_invoice", "customs_declaration");
        DHL.images = Map.of();
        assertThat(papers.documents(new ShipmentId(WAYBILL))).isEmpty();
        DHL.instead = ExpressServer.error(400, "1506: encodingFormat TIFF is not applicable");
        assertThatThrownBy(() -> papers.documents(new ShipmentId(WAYBILL))).hasMessageContaining("1506");
        DHL.instead = ExpressServer.error(200, "1505: the image server is busy");
        assertThatThrownBy(() -> papers.documents(new ShipmentId(WAYBILL))).hasMessageContaining("1505");
    }

    @ParameterizedTest
    @CsvSource({"TIFF, SUkqAAgAAAA=", "ZIP, UEsDBBQAAAAI", "PDF, ''", "PDF, '%%%'"})
    void a_paper_that_cannot_be_read_hides_no_other(String format, String content) {
        ObjectNode answer = RequestJson.object();
        ArrayNode documents = answer.putArray("documents");
        documents
                .addObject()
                .put("typeCode", "customs-entry")
                .put("encodingFormat", format)
                .put("content", content);
        documents
                .addObject()
                .put("typeCode", "commercial-invoice")
                .put("encodingFormat", "PDF")
                .put("content", Base64.getEncoder().encodeToString(ExpressServer.PDF));
        DHL.images = Map.of(YearMonth.now(ZoneOffset.UTC).toString(), ExpressServer.of(200, answer.toString()));
        assertThat(((Documents) carrier()).documents(new ShipmentId(WAYBILL)))
                .extracting(Label.Document::kind)
                .containsExactly("commercial_invoice");
    }

    // ---- settings

    @Test
    void settings_are_told_by_name_and_hold_no_secret_when_shown() {
        assertThatThrownBy(() -> open(DHL.url(), ExpressServer.SECRET, "zone=Mars/Base"))
                .hasMessageContaining("zone")
                .hasMessageContaining("Europe/Berlin");
        assertThatThrownBy(() -> open(DHL.url(), ExpressServer.SECRET, "shipTime=noon"))
                .hasMessageContaining("shipTime");
        assertThatThrownBy(() -> open(DHL.url(), ExpressServer.SECRET, "number=not a number!"))
                .hasMessageContaining("number");
        assertThatThrownBy(() -> open(DHL.url(), ExpressServer.SECRET, "pickup=yes"))
                .hasMessageContaining("pickup");
    }

    private Outcome buy(Shipment shipment) {
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(shipment, Samples.ref());
        return carrier.buy(prepared);
    }

    private static List<String> kinds(Outcome outcome) {
        return bought(outcome).label().orElseThrow().documents().stream()
                .map(document -> document.kind() + " " + document.parcel() + " " + document.format())
                .toList();
    }

    private static Shipment to(String name) {
        return Samples.shipment(home(name), "express_domestic", PDF, "1.2");
    }

    private static Shipment of(ObjectNode json) {
        Order order = Json.mapper().convertValue(json, Order.class);
        return new Shipment(order, 1, "express_domestic", Samples.WAREHOUSE, order.parcels(), PDF);
    }

    private static String pages(int count) {
        try (PDDocument pdf = new PDDocument()) {
            for (int i = 0; i < count; i++) {
                pdf.addPage(new PDPage());
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            pdf.save(out);
            return Base64.getEncoder().encodeToString(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder tracked(
            String number, ObjectNode... events) {
        ObjectNode shipment = RequestJson.object().put("shipmentTrackingNumber", number);
        shipment.putArray("events").addAll(List.of(events));
        return answer(shipment);
    }

    private static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder answer(ObjectNode shipment) {
        ObjectNode answer = RequestJson.object();
        answer.putArray("shipments").add(shipment);
        return ExpressServer.of(200, answer.toString());
    }

    private static ObjectNode event(String code, String words, String date, String time, String offset) {
        ObjectNode event = RequestJson.object()
                .put("date", date)
                .put("time", time)
                .put("GMTOffset", offset)
                .put("typeCode", code)
                .put("description", words);
        event.putArray("serviceArea").addObject().put("code", "SYD").put("description", "SYDNEY-AU");
        return event;
    }

    private static Carrier open(URI base, String secret, String... more) {
        List<String> lines = new ArrayList<>(List.of(more));
        if (lines.stream().noneMatch(line -> line.startsWith("number="))) {
            lines.add("number=123456789");
        }
        lines.addAll(
                List.of("adapter=dhl-express", "username=env:DHL_USER", "password=env:DHL_SECRET", "baseUrl=" + base));
        String text = lines.stream().map(line -> "account.dhl." + line).collect(Collectors.joining("\n"));
        Settings settings = Settings.of(text, Map.of("DHL_USER", ExpressServer.USER, "DHL_SECRET", secret));
        return new Carriers().open("dhl", settings.section("account").section("dhl"));
    }
}
