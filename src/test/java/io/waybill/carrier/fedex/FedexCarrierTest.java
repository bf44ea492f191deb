package io.waybill.carrier.fedex;

import static io.waybill.carrier.Samples.PDF;
import static io.waybill.carrier.Samples.home;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.CarrierStub;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.Charge;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.LabelsByAddress;
import io.waybill.carrier.Manifests;
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
import io.waybill.carrier.Voids.Voided;
import io.waybill.carrier.Webhooks;
import io.waybill.measure.Money;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FedexCarrierTest extends PlayedContract {
    @RegisterExtension
    static final FedexServer FEDEX = new FedexServer();

    private static final String NUMBER = "794953535999";

    @Override
    protected boolean printsAgain() {
        return false;
    }

    @Override
    protected CarrierFactory factory() {
        return new FedexFactory();
    }

    @Override
    protected CarrierStub server() {
        return FEDEX;
    }

    @Override
    protected Carrier carrierAt(URI base) {
        return open("baseUrl=" + base, "clientSecret=" + FedexServer.SECRET);
    }

    @Override
    protected List<String> essential() {
        return List.of("/output(/transactionShipments(/0)?)?", ".*/trackingNumber");
    }

    @Override
    protected String secret() {
        return FedexServer.SECRET;
    }

    @Override
    protected void stubFreeCalls(WireMockServer server) {
        server.stubFor(WireMock.post("/oauth/token")
                .willReturn(FedexServer.of(200, "{\"access_token\":\"SHIP-token\",\"expires_in\":3599}")));
    }

    @Override
    protected Optional<Carrier> stranger() {
        return Optional.of(open("baseUrl=" + FEDEX.url(), "clientSecret=another-secret"));
    }

    @Override
    protected Optional<Money> total(Outcome.Bought bought) {
        Reply rating = FedexSale.shipment(Reply.of(bought.response()))
                .orElseThrow()
                .at("completedShipmentDetail", "shipmentRating");
        return Optional.of(rating.list("shipmentRateDetails").get(1).money("totalNetCharge", "currency"));
    }

    @Override
    protected Optional<RefusedVoid> refusedVoid() {
        return Optional.of(new RefusedVoid(
                sold -> FEDEX.cancelAnswer =
                        FedexServer.notCancelled("SHIPMENT.TENDERED", "The parcel was tendered to FedEx."),
                "label_already_used"));
    }

    @Override
    protected Optional<Consumer<String>> unknownCode() {
        return Optional.of(
                number -> FEDEX.tracking = asked -> tracked(number, scan("ZZ", "2026-11-20T10:00:00-06:00")));
    }

    @Override
    protected void prices() {
        FEDEX.rates = """
                {"output":{"rateReplyDetails":[
                  {"serviceType":"FEDEX_GROUND","commit":{"dateDetail":{"dayFormat":"2026-11-27T23:59:00"},
                     "transitDays":{"minimumTransitTime":"TWO_DAYS","maximumTransitTime":"FOUR_DAYS"}},
                   "ratedShipmentDetails":[
                     {"rateType":"LIST","totalNetCharge":20.00,"currency":"USD"},
                     {"rateType":"ACCOUNT","totalBaseCharge":17.00,"totalNetCharge":11.50,"totalDiscounts":8.00,"currency":"USD",
                      "shipmentRateDetail":{"currency":"USD","totalFreightDiscount":8.00,
                        "surCharges":[{"type":"FUEL","amount":1.5},{"type":"DELIVERY_AREA","amount":1}]}}]},
                  {"serviceType":"FEDEX_2_DAY","operationalDetail":{"transitTime":"TWO_DAYS","deliveryDate":"2026-11-26"},
                   "ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":75,"currency":"USD"}]}]}}""";
    }

    @Override
    protected List<String> saysNothing() {
        return List.of("/output/completeTrackResults an empty list", "/output/completeTrackResults/0 left out");
    }

    @Override
    protected void scans(String number) {
        FEDEX.tracking = asked -> tracked(
                number,
                scan("DL", "2026-11-24T15:30:00-06:00"),
                scan("DE", "2026-11-23T17:00:00-06:00")
                        .put("exceptionCode", "08")
                        .put("exceptionDescription", "Nobody home"),
                scan("PU", "2026-11-22T09:00:00-06:00").put("derivedStatusCode", "IT"));
    }

    @Override
    protected void closes(List<ShipmentId> ids) {
        FEDEX.close =
                FedexServer.manifest("GROUND PICKUP MANIFEST\n" + ids.get(0).value() + "  12.0 LBS\n");
    }

    // ---- keys

    @Test
    void the_track_project_has_keys_of_its_own() {
        Carrier two = open(
                "baseUrl=" + FEDEX.url(),
                "clientSecret=" + FedexServer.SECRET,
                "trackClientId=" + FedexServer.TRACK_ID,
                "trackClientSecret=" + FedexServer.TRACK_SECRET);
        bought(two.buy(two.prepare(to("Jane Roe"), Samples.ref())));
        FEDEX.tracking = asked -> tracked(NUMBER);
        ((Tracks) two).track(List.of(NUMBER));
        assertThat(last("/track").header("Authorization")).isEqualTo("Bearer TRACK-token");
        assertThat(last("/ship").header("Authorization")).isEqualTo("Bearer SHIP-token");
    }

    @Test
    void a_setting_that_is_missing_half_given_or_unknown_is_told_by_name() {
        assertThatThrownBy(() -> open("clientSecret=s", "trackClientId=x")).hasMessageContaining("trackClientSecret");
        assertThatThrownBy(() -> open("clientSecret=s", "number=12"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("account.fedex.number");
        assertThatThrownBy(() -> open("clientSecret=s", "pickup=drone")).hasMessageContaining("account.fedex.pickup");
        assertThatThrownBy(() -> open("clientSecret=s", "locale=english")).hasMessageContaining("account.fedex.locale");
        assertThatThrownBy(() -> open("clientSecret=s", "meter=1")).hasMessageContaining("account.fedex.meter");
        assertThatThrownBy(() -> open()).hasMessageContaining("clientSecret");
    }

    // ---- buying

    @Test
    void the_price_the_account_pays_comes_in_parts_with_its_discount() {
        assertThat(bought(buy(to("Jane Roe"))).charges())
                .extracting(charge -> charge.code() + " " + charge.type() + " " + charge.amount())
                .containsExactly(
                        "BASE shipping 12.0 USD",
                        "VOLUME discount -2.4 USD",
                        "FUEL fuel_charge 1.27 USD",
                        "RESIDENTIAL_DELIVERY delivery 1.0 USD");
    }

    @Test
    void what_fedex_warns_of_though_it_sold_is_told_and_not_that_all_is_well() {
        FEDEX.sale = answer -> {
            ObjectNode output = (ObjectNode) answer.path("output");
            output.putArray("alerts")
                    .add(alert("SHIPMENT.VALIDATION.SUCCESS", "NOTE", "No errors found."))
                    .add(alert("SHIPMENT.SAVED", "note", "All is well."))
                    .add(alert("EDT.DETAILS.MISSING", "WARNING", "Duties were not estimated."));
            ((ObjectNode) output.path("transactionShipments").path(0))
                    .putArray("alerts")
                    .add(alert("ADDRESS.STANDARDIZED", "WARNING", ""));
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).said()).isEqualTo("Duties were not estimated.; ADDRESS.STANDARDIZED");
    }

    @Test
    void what_fedex_warns_of_a_document_or_of_goods_that_may_not_go_there_is_told() {
        FEDEX.sale = answer -> {
            ObjectNode shipment = (ObjectNode)
                    answer.path("output").path("transactionShipments").path(0);
            ((ObjectNode) shipment.at("/pieceResponses/0/packageDocuments/0"))
                    .putArray("alerts")
                    .add(alert("LABEL.SIZE", "WARNING", "The label was made smaller."));
            shipment.putArray("shipmentDocuments")
                    .addObject()
                    .put("contentType", "COMMERCIAL_INVOICE")
                    .putObject("alerts")
                    .put("code", "INVOICE.SIGNATURE")
                    .put("message", "The invoice is not signed.");
            ObjectNode advisory = shipment.putObject("shipmentAdvisoryDetails").putObject("regulatoryAdvisory");
            advisory.putArray("prohibitions")
                    .addObject()
                    .put("status", "WARNING")
                    .putObject("advisory")
                    .put("code", "4711")
                    .put("localizedText", "Seeds need a permit.");
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).said())
                .isEqualTo("The label was made smaller.; The invoice is not signed.; Seeds need a permit.");
    }

    private static ObjectNode alert(String code, String type, String words) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", code)
                .put("alertType", type)
                .put("message", words);
    }

    @Test
    void without_a_price_of_the_shipment_those_of_its_packages_count_in_any_currency_of_fedexs() {
        FEDEX.sale = answer -> {
            ObjectNode detail = detail(answer);
            detail.remove("shipmentRating");
            ArrayNode packages = detail.putArray("completedPackageDetails");
            for (int i = 0; i < 2; i++) {
                ObjectNode rating = packages.addObject().putObject("packageRating");
                rating.put("actualRateType", "PAYOR_ACCOUNT_PACKAGE");
                ObjectNode rate = rating.putArray("packageRateDetails").addObject();
                rate.put("rateType", "PAYOR_ACCOUNT_PACKAGE").put("currency", "UKL");
                rate.put("baseCharge", "5.00").put("netCharge", "6.50").put("totalTaxes", "1.00");
                rate.putArray("surcharges")
                        .add(FedexServer.surcharge("BEAMING", 0.5))
                        .add(FedexServer.surcharge("FUEL", 0).put("amount", "waived"));
            }
            return answer;
        };
        List<Charge> charges = bought(buy(shipment(PDF))).charges();
        assertThat(charges)
                .extracting(charge -> charge.code() + " " + charge.type() + " " + charge.amount())
                .startsWith("BASE shipping 5.00 GBP", "BEAMING uncategorized 0.5 GBP", "null tax 1.00 GBP")
                .hasSize(6);
        assertThat(charges.stream().map(Charge::amount).reduce(Money::plus)).hasValue(Money.of("13.00", "GBP"));
    }

    @ParameterizedTest
    @CsvSource({"packages", "pieces", "fewer"})
    void the_price_of_some_parcels_alone_is_not_taken_for_the_shipments(String told) {
        FEDEX.sale = answer -> {
            ObjectNode detail = detail(answer);
            detail.remove("shipmentRating");
            ObjectNode rated = detail.putArray("completedPackageDetails").addObject();
            ObjectNode rate = rated.putObject("packageRating")
                    .putArray("packageRateDetails")
                    .addObject();
            rate.put("rateType", "PAYOR_ACCOUNT_PACKAGE").put("currency", "USD").put("netCharge", "6.50");
            if (told.equals("packages")) {
                ((ArrayNode) detail.path("completedPackageDetails")).addObject().put("sequenceNumber", 2);
            } else if (told.equals("pieces")) {
                detail.remove("completedPackageDetails");
                ((ObjectNode) transaction(answer).at("/pieceResponses/0"))
                        .put("netChargeAmount", "6.50")
                        .put("currency", "USD");
            }
            return answer;
        };
        Outcome.Bought bought = bought(buy(shipment(PDF)));
        assertThat(bought.charges()).isEmpty();
        assertThat(bought.label()).isPresent();
    }

    @Test
    void parts_in_another_currency_than_the_total_are_not_counted_in_its_own() {
        FEDEX.sale = answer -> {
            ObjectNode rate = (ObjectNode) detail(answer).at("/shipmentRating/shipmentRateDetails/1");
            rate.putArray("freightDiscounts")
                    .addObject()
                    .put("rateDiscountType", "VOLUME")
                    .putObject("amount")
                    .put("amount", 3.20)
                    .put("currency", "CAD");
            rate.putArray("surcharges")
                    .add(FedexServer.surcharge("FUEL", 1.27).put("currency", "USD"))
                    .add(FedexServer.surcharge("RESIDENTIAL_DELIVERY", 1.40).put("currency", "CAD"));
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).charges())
                .extracting(charge -> charge.code() + " " + charge.amount())
                .containsExactly("BASE 12.0 USD", "FUEL 1.27 USD", "null -1.40 USD");
    }

    @Test
    void details_in_another_currency_than_the_price_are_not_counted_in_its_own() {
        FEDEX.rates = """
                {"output":{"rateReplyDetails":[{"serviceType":"FEDEX_GROUND","ratedShipmentDetails":[
                  {"rateType":"ACCOUNT","totalBaseCharge":10.00,"totalNetCharge":11.50,"currency":"USD",
                   "shipmentRateDetail":{"currency":"CAD","totalFreightDiscount":8.00,
                     "surCharges":[{"type":"FUEL","amount":1.5}]}}]}]}}""";
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.charges())
                        .extracting(charge -> charge.code() + " " + charge.amount())
                        .containsExactly("BASE 10.00 USD", "null 1.50 USD"));
    }

    @Test
    void pieces_with_prices_in_several_currencies_have_no_sum() {
        FEDEX.sale = answer -> {
            detail(answer).remove("shipmentRating");
            ArrayNode pieces = (ArrayNode) transaction(answer).path("pieceResponses");
            ((ObjectNode) pieces.path(0)).put("netChargeAmount", "6.50").put("currency", "USD");
            ((ObjectNode) pieces.path(1)).put("netChargeAmount", "7.50").put("currency", "CAD");
            return answer;
        };
        assertThat(bought(buy(shipment(PDF))).charges()).isEmpty();
    }

    @Test
    void a_price_nobody_can_read_does_not_undo_the_sale() {
        FEDEX.sale = answer -> {
            ((ObjectNode) detail(answer).at("/shipmentRating/shipmentRateDetails/1")).put("currency", "QQQ");
            return answer;
        };
        Outcome.Bought bought = bought(buy(to("Jane Roe")));
        assertThat(bought.charges()).isEmpty();
        assertThat(bought.label()).isPresent();
    }

    @Test
    void a_price_that_somebody_else_pays_is_none_of_the_accounts() {
        Shipment mine = to("Jane Roe");
        Order order = mine.order();
        Order.Billing theirs = new Order.Billing(null, null, "thirdParty", "123456789", "10001", "US", null, List.of());
        Order third = new Order(
                order.orderId(),
                "acme",
                null,
                null,
                List.of(),
                order.shipFrom(),
                order.shipTo(),
                "ground",
                null,
                null,
                order.parcels(),
                List.of(),
                null,
                null,
                theirs,
                null,
                Map.of());
        Outcome.Bought bought = bought(buy(new Shipment(third, 1, "ground", mine.shipFrom(), mine.parcels(), PDF)));
        assertThat(bought.charges()).isEmpty();
        assertThat(bought.label()).isPresent();
    }

    @Test
    void pieces_are_told_in_the_order_of_the_parcels_and_one_piece_need_not_be_a_list() {
        FEDEX.sale = answer -> {
            ObjectNode one = transaction(answer);
            ArrayNode pieces = (ArrayNode) one.path("pieceResponses");
            pieces.insert(0, pieces.remove(1));
            return answer;
        };
        Outcome.Bought two = bought(buy(shipment(PDF)));
        assertThat(two.numbers())
                .first()
                .isEqualTo(new ExternalNumber("tracking", 1, two.id().value()));
        FEDEX.sale = answer -> {
            ObjectNode one = transaction(answer);
            one.set("pieceResponses", one.path("pieceResponses").path(0));
            one.remove("masterTrackingNumber");
            one.put("announcedByNobody", true);
            ((ObjectNode) answer.path("output")).set("transactionShipments", one);
            return answer;
        };
        Outcome.Bought single = bought(buy(to("Jane Roe")));
        assertThat(single.numbers())
                .containsExactly(new ExternalNumber("tracking", 1, single.id().value()));
    }

    @Test
    void a_shipment_that_fedex_makes_beside_the_one_is_warned_of_and_counts_for_nothing() {
        FEDEX.sale = answer -> {
            JsonNode other = FedexServer.sold(last("/ship").json().path("requestedShipment"), List.of("794953536000"));
            ((ArrayNode) answer.at("/output/transactionShipments")).add(other.at("/output/transactionShipments/0"));
            return answer;
        };
        Outcome.Bought alone = bought(buy(to("Jane Roe")));
        assertThat(alone.numbers())
                .containsExactly(new ExternalNumber("tracking", 1, alone.id().value()));
        assertThat(alone.charges().stream().map(Charge::amount).reduce(Money::plus))
                .hasValue(Money.of("11.87", "USD"));
        assertThat(alone.said()).contains("another shipment", ": 794953536000. Look at FedEx");

        FEDEX.sale = answer -> {
            ArrayNode made = (ArrayNode) answer.at("/output/transactionShipments");
            ObjectNode again = made.get(0).deepCopy();
            again.remove("pieceResponses");
            made.add(again);
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).said()).doesNotContain("another shipment");
    }

    @Test
    void a_number_is_that_of_the_label_on_its_parcel_where_the_packages_stand_in_another_order() {
        FEDEX.sale = answer -> {
            ArrayNode packages = detail(answer).putArray("completedPackageDetails");
            for (JsonNode piece : transaction(answer).path("pieceResponses")) {
                packages.insertObject(0)
                        .putArray("trackingIds")
                        .addObject()
                        .put("trackingNumber", piece.path("trackingNumber").asText());
            }
            return answer;
        };
        Outcome.Bought bought = bought(buy(shipment(PDF)));
        assertThat(bought.numbers())
                .extracting(ExternalNumber::parcel, ExternalNumber::value)
                .startsWith(tuple(1, bought.id().value()));
    }

    /** Numbers that pieces tell, those of packages that do not say which they are, and the parcels' in their order; "-" is none. */
    @ParameterizedTest
    @CsvSource({
        "A B,   B A, A B",
        "A -,   B A, A B",
        "- B,   A B, A B",
        "A,     A B, A B",
        "B,     A B, A B",
        "A - C, X Y, A Y C X",
    })
    void a_parcel_has_the_number_of_its_piece_and_each_other_number_a_place(
            String pieces, String packages, String parcels) {
        FEDEX.sale = answer -> {
            ObjectNode one = transaction(answer);
            ObjectNode piece = one.path("pieceResponses").get(0).deepCopy();
            piece.remove(List.of("trackingNumber", "masterTrackingNumber", "packageSequenceNumber"));
            ArrayNode told = one.putArray("pieceResponses");
            for (String number : pieces.split(" ")) {
                ObjectNode next = told.addObject();
                if (!number.equals("-")) {
                    next.setAll(piece);
                    next.put("trackingNumber", number);
                }
            }
            ArrayNode boxes = detail(answer).putArray("completedPackageDetails");
            for (String number : packages.split(" ")) {
                boxes.addObject().putArray("trackingIds").addObject().put("trackingNumber", number);
            }
            return answer;
        };
        assertThat(bought(buy(shipment(PDF))).numbers().stream()
                        .filter(number -> number.kind().equals("tracking"))
                        .map(ExternalNumber::value))
                .containsExactly(parcels.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "none", "all"})
    void what_the_pieces_do_not_tell_the_packages_tell_the_numbers_of(String left) {
        FEDEX.sale = answer -> {
            ObjectNode one = transaction(answer);
            ArrayNode packages = detail(answer).putArray("completedPackageDetails");
            for (JsonNode piece : one.path("pieceResponses")) {
                ArrayNode ids = packages.insertObject(0)
                        .put(
                                "sequenceNumber",
                                piece.path("packageSequenceNumber").asInt())
                        .putArray("trackingIds");
                ids.addObject().put("trackingIdType", "USPS").put("trackingNumber", "92P");
                ids.addObject()
                        .put("trackingIdType", "GROUND")
                        .put("trackingNumber", piece.path("trackingNumber").asText());
            }
            if (left.equals("none")) {
                one.remove("pieceResponses");
                one.remove("masterTrackingNumber");
            } else if (!left.equals("all")) {
                ((ArrayNode) one.path("pieceResponses")).remove(1 - Integer.parseInt(left));
            }
            return answer;
        };
        Outcome.Bought bought = bought(buy(shipment(PDF)));
        assertThat(bought.numbers())
                .extracting(ExternalNumber::kind, ExternalNumber::parcel)
                .containsExactlyInAnyOrder(
                        tuple("tracking", 1), tuple("tracking", 2), tuple("last_mile", 1), tuple("last_mile", 2));
        assertThat(bought.numbers())
                .extracting(ExternalNumber::value)
                .first()
                .isEqualTo(bought.id().value());
    }

    @Test
    void a_piece_without_a_number_does_not_undo_the_sale() {
        FEDEX.sale = answer -> {
            for (JsonNode piece : transaction(answer).path("pieceResponses")) {
                ((ObjectNode) piece).remove("trackingNumber");
            }
            return answer;
        };
        Outcome.Bought one = bought(buy(to("Jane Roe")));
        assertThat(one.numbers())
                .containsExactly(new ExternalNumber("tracking", 1, one.id().value()));
        assertThat(one.label()).isPresent();
        Outcome.Bought two = bought(buy(shipment(PDF)));
        assertThat(two.numbers())
                .containsExactly(new ExternalNumber("tracking", 1, two.id().value()));
        assertThat(two.charges()).isNotEmpty();
        assertThat(two.label().orElseThrow().documents()).hasSize(2);
    }

    @Test
    void papers_without_a_label_are_no_label() {
        FEDEX.sale = answer -> {
            transaction(answer).remove("pieceResponses");
            transaction(answer)
                    .putArray("shipmentDocuments")
                    .addObject()
                    .put("contentType", "COMMERCIAL_INVOICE")
                    .put("encodedLabel", FedexServer.label("PDF"));
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).label()).isEmpty();
    }

    @Test
    void labels_are_read_where_the_shipments_papers_are_too() {
        FEDEX.sale = answer -> {
            transaction(answer).remove("pieceResponses");
            ArrayNode papers = transaction(answer).putArray("shipmentDocuments");
            papers.addObject().put("contentType", "COMMERCIAL_INVOICE").put("encodedLabel", FedexServer.label("PDF"));
            for (int i = 0; i < 2; i++) {
                papers.addObject().put("contentType", "LABEL").put("encodedLabel", FedexServer.label("PNG"));
            }
            return answer;
        };
        assertThat(bought(buy(shipment(PDF))).label().orElseThrow().documents())
                .extracting(document -> document.kind() + " " + document.parcel() + " " + document.format())
                .containsExactly("shipping_label 1 PNG", "shipping_label 2 PNG", "commercial_invoice 0 PDF");
    }

    @ParameterizedTest
    @CsvSource({"2,2", "3,0"})
    void the_labels_of_several_pieces_in_one_pdf_are_taken_apart_where_there_is_a_page_for_each(int pages, int labels) {
        FEDEX.sale = answer -> {
            for (JsonNode piece : transaction(answer).path("pieceResponses")) {
                ((ObjectNode) piece).remove("packageDocuments");
            }
            transaction(answer)
                    .putArray("shipmentDocuments")
                    .addObject()
                    .put("contentType", "MERGED_LABELS_ONLY")
                    .put("docType", "PDF")
                    .put("encodedLabel", Base64.getEncoder().encodeToString(pdf(pages)));
            return answer;
        };
        assertThat(bought(buy(shipment(PDF)))
                        .label()
                        .map(label -> label.documents().size())
                        .orElse(0))
                .isEqualTo(labels);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_label_of_one_piece_may_come_in_one_document_with_its_papers(boolean hasPiece) {
        FEDEX.sale = answer -> {
            ArrayNode pieces = (ArrayNode) transaction(answer).path("pieceResponses");
            ((ObjectNode) pieces.path(0)).remove("packageDocuments");
            if (!hasPiece) {
                transaction(answer).remove("pieceResponses");
            }
            transaction(answer)
                    .putArray("shipmentDocuments")
                    .addObject()
                    .put("contentType", "MERGED_LABEL_DOCUMENTS")
                    .put("docType", "PDF")
                    .put("encodedLabel", Base64.getEncoder().encodeToString(pdf(3)));
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).label().orElseThrow().documents())
                .extracting(document -> document.kind() + " " + document.parcel() + " " + document.format())
                .containsExactly("shipping_label 1 PDF");
    }

    private static byte[] pdf(int pages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument()) {
            for (int i = 0; i < pages; i++) {
                document.addPage(new PDPage());
            }
            document.save(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"CAD,21.50 CAD", "'',21.50 USD"})
    void without_any_net_charge_of_the_shipment_that_of_its_pieces_counts(String currency, String sum) {
        FEDEX.sale = answer -> {
            ObjectNode rate = (ObjectNode) detail(answer).at("/shipmentRating/shipmentRateDetails/1");
            rate.remove("totalNetCharge");
            for (JsonNode piece : transaction(answer).path("pieceResponses")) {
                ((ObjectNode) piece).put("netChargeAmount", "10.75").put("currency", currency);
            }
            return answer;
        };
        assertThat(bought(buy(shipment(PDF))).charges())
                .extracting(charge -> charge.type() + " " + charge.amount())
                .containsExactly("shipping " + sum);
    }

    @Test
    void alerts_beside_a_sale_do_not_make_it_a_refusal() {
        FEDEX.sale = answer -> {
            String alert = "ERROR";
            for (ObjectNode level : List.of((ObjectNode) answer.path("output"), transaction(answer))) {
                level.putArray("alerts").addObject().put("code", "SHIP.X").put("alertType", alert);
            }
            return answer;
        };
        assertThat(buy(to("Jane Roe"))).isInstanceOf(Outcome.Bought.class);
    }

    @Test
    void errors_in_a_200_without_a_shipment_are_a_refusal_and_an_alert_alone_is_unknown() {
        FEDEX.instead = FedexServer.error(200, "SERVICETYPE.NOT.ALLOWED", "Not between these places.");
        assertThat(buy(to("Jane Roe")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, no -> assertThat(no.pointer()).isEqualTo("/service"));
        FEDEX.instead = FedexServer.of(
                200, "{\"output\":{\"alerts\":[{\"code\":\"A.B\",\"alertType\":\"ERROR\",\"message\":\"Hm.\"}]}}");
        assertThat(buy(to("Jane Roe")))
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class, no -> assertThat(no.why()).contains("Hm."));
    }

    @Test
    void an_answer_that_comes_packed_is_read() {
        FEDEX.instead = FedexServer.zipped(
                FedexServer.sold(Reply.of("{}".getBytes(UTF_8)).json(), List.of(NUMBER))
                        .toString());
        assertThat(bought(buy(to("Jane Roe"))).id()).isEqualTo(new ShipmentId(NUMBER));
    }

    @Test
    void a_label_by_its_address_is_fetched_from_fedex_and_from_nobody_else() {
        FEDEX.sale = answer -> byAddress(answer, FEDEX.url() + "/document/v1?id=1");
        assertThat(bought(buy(to("Jane Roe"))).label().orElseThrow().documents())
                .singleElement()
                .satisfies(document -> assertThat(document.format()).isEqualTo("PDF"));
        for (String elsewhere : List.of(
                "http://127.0.0.1:1/document", "https://FEDEX.com.example.org/x", "https://a@example.org/", "%")) {
            FEDEX.sale = answer -> byAddress(answer, elsewhere);
            Outcome.Bought bought = bought(buy(to("Jane Roe")));
            assertThat(bought.label()).as(elsewhere).isEmpty();
        }
    }

    @Test
    void a_label_whose_address_gives_nothing_is_read_from_there_again_by_the_kept_answer() {
        FEDEX.sale = answer -> byAddress(answer, FEDEX.url() + "/document/v1?id=1");
        FEDEX.documentAnswer = FedexServer.of(404, "{}");
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(to("Jane Roe"), Samples.ref());
        Outcome.Bought bought = bought(carrier.buy(prepared));
        assertThat(bought.label()).isEmpty();
        LabelsByAddress addresses = (LabelsByAddress) carrier;
        assertThat(addresses.reread(bought.id(), prepared.bytes(), bought.response(), PDF))
                .get()
                .isInstanceOfSatisfying(
                        Fetched.NotYet.class,
                        notYet -> assertThat(notYet.why()).contains("the document does not come from localhost"));

        FEDEX.documentAnswer = null;
        assertThat(addresses.reread(bought.id(), prepared.bytes(), bought.response(), PDF))
                .get()
                .isInstanceOfSatisfying(
                        Fetched.Ready.class,
                        ready -> assertThat(ready.label().documents())
                                .singleElement()
                                .satisfies(document ->
                                        assertThat(document.format()).isEqualTo("PDF")));
        assertThat(addresses.reread(new ShipmentId("8"), prepared.bytes(), bought.response(), PDF))
                .as("of another shipment")
                .isEmpty();
    }

    @Test
    void no_document_is_begun_that_a_purchase_has_no_time_for_and_label_and_papers_come_together_later() {
        FEDEX.sale = answer -> {
            ArrayNode papers = transaction(answer).putArray("shipmentDocuments");
            for (int i = 1; i <= 4; i++) {
                papers.addObject()
                        .put("contentType", "COMMERCIAL_INVOICE")
                        .put("url", FEDEX.url() + "/document/slow/" + i);
            }
            return answer;
        };
        FEDEX.documentAnswer = FedexServer.of(200, "{}").withFixedDelay(2_000);
        Carrier carrier = open(
                "baseUrl=" + FEDEX.url(),
                "clientSecret=" + FedexServer.SECRET,
                "connectTimeout=100ms",
                "answerTimeout=500ms");
        Prepared prepared = carrier.prepare(to("Jane Roe"), Samples.ref());

        Outcome.Bought bought = bought(carrier.buy(prepared));

        assertThat(FEDEX.calls("/document/slow/")).hasSizeBetween(1, 3);
        assertThat(bought.label()).isEmpty();
        FEDEX.documentAnswer = null;
        assertThat(((LabelsByAddress) carrier).reread(bought.id(), prepared.bytes(), bought.response(), PDF))
                .get()
                .isInstanceOfSatisfying(
                        Fetched.Ready.class,
                        ready -> assertThat(ready.label().documents()).hasSize(5));
    }

    @Test
    void a_label_that_comes_in_the_answer_and_cannot_be_read_is_not_looked_for_at_an_address() {
        FEDEX.sale = answer -> {
            ((ObjectNode) transaction(answer).at("/pieceResponses/0/packageDocuments/0")).put("encodedLabel", "AAAA");
            return answer;
        };
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(to("Jane Roe"), Samples.ref());
        Outcome.Bought bought = bought(carrier.buy(prepared));
        assertThat(bought.label()).isEmpty();
        assertThat(((LabelsByAddress) carrier).reread(bought.id(), prepared.bytes(), bought.response(), PDF))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"output\":{\"completeTrackResults\":[]}}", "<html>bad gateway</html>"})
    void an_answer_that_is_no_sale_tells_no_address_whether_or_not_its_request_is_known(String answer) {
        assertThat(((LabelsByAddress) carrier())
                        .reread(new ShipmentId(NUMBER), new byte[0], answer.getBytes(UTF_8), PDF))
                .isEmpty();
    }

    @Test
    void the_label_is_the_label_whatever_papers_come_with_it() {
        FEDEX.sale = answer -> {
            ArrayNode papers = (ArrayNode) transaction(answer).at("/pieceResponses/0/packageDocuments");
            for (String type : List.of("RETURN_INSTRUCTIONS", "ACCEPTANCE_LABEL")) {
                papers.insertObject(0)
                        .put("contentType", type)
                        .put("docType", "PDF")
                        .put("encodedLabel", FedexServer.label("ZPLII"));
            }
            ArrayNode all = transaction(answer).putArray("shipmentDocuments");
            for (String type : List.of("COMMERCIAL_INVOICE", "USMCA_CERTIFICATION_OF_ORIGIN", "GAA_FORM")) {
                all.addObject().put("contentType", type).put("encodedLabel", FedexServer.label("PDF"));
            }
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).label().orElseThrow().documents())
                .extracting(document -> document.kind() + " " + document.parcel() + " " + document.format())
                .containsExactly("shipping_label 1 PDF", "commercial_invoice 0 PDF", "customs_declaration 0 PDF");
    }

    @Test
    void an_invoice_that_stands_beside_the_label_of_a_piece_is_kept_once() {
        FEDEX.sale = answer -> {
            for (JsonNode piece : transaction(answer).path("pieceResponses")) {
                ((ArrayNode) piece.path("packageDocuments"))
                        .addObject()
                        .put("contentType", "COMMERCIAL_INVOICE")
                        .put("docType", "PDF")
                        .put("encodedLabel", FedexServer.label("PDF"));
            }
            return answer;
        };
        assertThat(bought(buy(shipment(PDF))).label().orElseThrow().documents())
                .extracting(document -> document.kind() + " " + document.parcel())
                .containsExactly("shipping_label 1", "shipping_label 2", "commercial_invoice 0");
    }

    @Test
    void what_has_no_label_is_never_printed_again() {
        assertThat(carrier().fetch(new ShipmentId(NUMBER), PDF)).isInstanceOf(Fetched.Gone.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|NOT.AUTHORIZED.ERROR|Access token expired.|NotSent",
                "403|FORBIDDEN.ERROR|We could not authorize your credentials.|NotSent",
                "403|UNAUTHORIZED.USAGE|UNAUTHORIZED.USAGE|NotSent",
                "400|LOGIN.REAUTHENTICATE.ERROR|Log in again.|NotSent",
                "404|NOT.FOUND.ERROR|No longer available.|NotSent",
                "400|SHIPMENT.GENERIC.ERROR|We are unable to process this request. Please try again later.|Unknown",
                "400|RATING.FAILED|The rating system is temporarily unavailable.|Unknown",
                "400|SHIPMENT.PHONE.INVALID|Correct the phone and try again.|Refused",
                "400|INTERNAL.SERVER.ERROR|An unexpected error.|Unknown",
                "400|SYSTEM.UNAVAILABLE.EXCEPTION|Try later.|Unknown",
                "400|SHIPMENT.SYSTEM.UNAVAILABLE|Unable to process at this time.|Unknown",
                "400|SHIP.SYSTEM.UNEXPECTED.ERROR|We cannot do it.|Unknown",
                "400|WEIGHT.SYSTEM.INVALID|Pounds or kilograms.|Refused",
                "422|PACKAGINGTYPE.INVALID|Not this packaging.|Refused",
                "409|SHIPMENT.DUPLICATE.REQUEST|Another request is being processed.|Unknown",
                "400||words without a code|Refused",
                "400|A.CODE.WITHOUT.WORDS||Refused"
            })
    void every_family_of_errors_is_read(int status, String code, String words, String outcome) {
        FEDEX.instead = FedexServer.error(status, code == null ? "" : code, words == null ? "" : words);
        Outcome answer = buy(to("Jane Roe"));
        assertThat(answer.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(answer.<String>fold(sale -> "", Outcome.Refused::words, Outcome.NotSent::why, Outcome.Unknown::why))
                .contains(words == null ? code : words);
    }

    @ParameterizedTest
    @CsvSource({
        "RECIPIENTCONTACT.PHONENUMBER.INVALID,,/shipTo/phone",
        "RECIPIENTS.ADDRESSSTATEORPROVINCECODE.MISMATCH,,/shipTo/state",
        "SHIPPER.POSTALCODE.INVALID,,/shipFrom/postalCode",
        "SHIPPER.COUNTRY.INVALID,,/shipFrom",
        "ACCOUNTNUMBER.REGISTRATION.REQUIRED,,/billing/account",
        "ACCOUNT.NUMBER.MISMATCH,,/billing/account",
        "SERVICETYPE.NOT.ALLOWED,,/service",
        "INVALID.INPUT.EXCEPTION,requestedShipment.recipients[0].address.city,/shipTo/city",
        "INVALID.INPUT.EXCEPTION,requestedShipment.requestedPackageLineItems[1].weight.value,/parcels/1",
        "INVALID.INPUT.EXCEPTION,requestedShipment.customsClearanceDetail.commodities[2].harmonizedCode,/items/2",
        "PACKAGE.DECLAREDVALUE.EXCEEDED,,/options/insuredValue",
        "SOMETHING.ELSE,,"
    })
    void a_refusal_points_at_our_field(String code, String parameter, String pointer) {
        FEDEX.instead = FedexServer.of(
                400,
                "{\"errors\":{\"code\":\"" + code + "\",\"message\":\"No.\",\"parameterList\":[{\"key\":\""
                        + (parameter == null ? "" : parameter) + "\",\"value\":\"x\"}]}}");
        assertThat(buy(to("Jane Roe")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, no -> assertThat(no.pointer()).isEqualTo(pointer));
    }

    // ---- many parcels

    @Test
    void above_forty_parcels_the_numbers_and_labels_of_a_job_come_later() {
        FEDEX.instead = FedexServer.of(200, "{\"output\":{\"jobId\":\"89sxab233ae24ff31\"}}");
        Shipment many = Samples.shipment(home("Jane Roe"), "ground", PDF, twice(41));
        Outcome.Bought bought = bought(buy(many));
        assertThat(last("/ship").json().path("processingOptionType").asText()).isEqualTo("ALLOW_ASYNCHRONOUS");
        assertThat(bought.id()).isEqualTo(new ShipmentId("job:89sxab233ae24ff31"));
        assertThat(bought.label()).isEmpty();

        FEDEX.instead = FedexServer.of(200, "{\"output\":{\"alerts\":[{\"message\":\"in progress\"}]}}");
        assertThat(carrier().fetch(bought.id(), PDF)).isInstanceOf(Fetched.NotYet.class);
        assertThat(((Voids) carrier()).cancel(bought.id(), Samples.ref())).isInstanceOf(Voided.Unknown.class);

        FEDEX.instead = null;
        JsonNode asked = Reply.of("{}".getBytes(UTF_8)).json();
        FEDEX.resultsAnswer = FedexServer.of(
                200, FedexServer.sold(asked, List.of(NUMBER, "794953536000")).toString());
        FEDEX.cancelAnswer = FedexServer.of(200, "{\"output\":{\"cancelledShipment\":\"true\"}}");
        assertThat(carrier().fetch(bought.id(), PDF)).isInstanceOfSatisfying(Fetched.Ready.class, ready -> {
            assertThat(ready.label().documents()).hasSize(2);
            assertThat(ready.numbers())
                    .containsExactly(
                            new ExternalNumber("tracking", 1, NUMBER),
                            new ExternalNumber("tracking", 2, "794953536000"));
            assertThat(ready.charges()).hasSize(4);
        });
        assertThat(carrier().fetch(FedexJobs.id("89sxab233ae24ff31", false), PDF))
                .isInstanceOfSatisfying(
                        Fetched.Ready.class,
                        ready -> assertThat(ready.charges()).isEmpty());
        assertThat(last("/ship/v1/shipments/results").json().path("jobId").asText())
                .isEqualTo("89sxab233ae24ff31");
        assertThat(((Voids) carrier()).cancel(bought.id(), Samples.ref())).isEqualTo(new Voided.Done(null));
        assertThat(last("/ship/v1/shipments/cancel")
                        .json()
                        .path("trackingNumber")
                        .asText())
                .isEqualTo(NUMBER);
    }

    @Test
    void a_job_that_made_fewer_parcels_than_were_bought_is_not_whole() {
        FEDEX.instead = FedexServer.of(200, "{\"output\":{\"jobId\":\"89sxab\"}}");
        Prepared prepared =
                carrier().prepare(Samples.shipment(home("Jane Roe"), "ground", PDF, twice(41)), Samples.ref());
        Outcome.Bought bought = bought(carrier().buy(prepared));
        LabelsByAddress later = (LabelsByAddress) carrier();

        FEDEX.instead = null;
        FEDEX.resultsAnswer = made(40);
        assertThat(later.reread(bought.id(), prepared.bytes(), bought.response(), PDF))
                .hasValueSatisfying(fetched -> assertThat(fetched)
                        .isInstanceOfSatisfying(
                                Fetched.NotYet.class,
                                not -> assertThat(not.why()).contains("40 of 41 parcels", "T1")));

        FEDEX.resultsAnswer = made(41);
        assertThat(later.reread(bought.id(), prepared.bytes(), bought.response(), PDF))
                .hasValueSatisfying(fetched -> assertThat(fetched)
                        .isInstanceOfSatisfying(
                                Fetched.Ready.class,
                                ready -> assertThat(ready.label().documents()).hasSize(41)));
    }

    private static ResponseDefinitionBuilder made(int parcels) {
        List<String> numbers = IntStream.rangeClosed(1, parcels)
                .mapToObj(parcel -> "T" + parcel)
                .toList();
        return FedexServer.of(
                200,
                FedexServer.sold(Reply.of("{}".getBytes(UTF_8)).json(), numbers).toString());
    }

    @Test
    void what_fedex_warns_of_though_it_makes_the_labels_later_is_told() {
        FEDEX.instead = FedexServer.of(
                200,
                "{\"output\":{\"jobId\":\"89sxab\",\"alerts\":[{\"code\":\"X\",\"alertType\":\"WARNING\",\"message\":\"No Saturday.\"}]}}");
        assertThat(bought(buy(Samples.shipment(home("Jane Roe"), "ground", PDF, twice(41))))
                        .said())
                .isEqualTo("No Saturday.");
    }

    // ---- looking up

    @Test
    void a_lost_purchase_is_found_by_its_own_reference_with_every_number_and_no_label() {
        Carrier carrier = carrier();
        Ref ref = Samples.ref();
        carrier.buy(carrier.prepare(Samples.shipment(home("LOSE Jane"), "ground", PDF, "1", "2"), ref));
        Found found = carrier.find(ref);
        assertThat(found).isInstanceOf(Found.Sold.class);
        Outcome.Bought bought = ((Found.Sold) found).bought();
        assertThat(bought.numbers()).extracting(ExternalNumber::parcel).containsExactly(1, 2);
        assertThat(bought.label()).isEmpty();
        assertThat(carrier.fetch(bought.id(), PDF)).isInstanceOf(Fetched.Gone.class);
        assertThat(((Voids) carrier).cancel(bought.id(), ref)).isEqualTo(new Voided.Done(null));
        assertThat(carrier.find(ref)).as("given back, so as good as never sold").isInstanceOf(Found.Nothing.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|{\"output\":{\"completeTrackResults\":[]}}|Nothing",
                "200|{\"output\":{\"alerts\":[{\"code\":\"TRACKING.DATA.NOTFOUND\",\"message\":\"x\"}]}}|Nothing",
                "200|{\"output\":{\"completeTrackResults\":[{\"trackResults\":[{\"error\":{\"code\":\"TRACKING.REFERENCENUMBER.NOTFOUND\",\"message\":\"x\"}}]}]}}|Nothing",
                "200|{\"output\":{\"completeTrackResults\":[{\"trackResults\":[{\"error\":{\"code\":\"SERVICE.UNAVAILABLE.ERROR\",\"message\":\"x\"}}]}]}}|Unreachable",
                "200|{\"output\":{}}|Unreachable",
                "400|{\"errors\":[{\"code\":\"TRACKING.REFERENCETYPE.INVALID\",\"message\":\"x\"}]}|Unreachable",
                "404|{\"errors\":[{\"code\":\"NOT.FOUND.ERROR\",\"message\":\"x\"}]}|Unreachable",
                "401|{\"errors\":[{\"code\":\"TRACKING.REFERENCENUMBER.NOTFOUND\",\"message\":\"x\"}]}|Unreachable"
            })
    void only_a_reference_that_fedex_does_not_know_is_nothing(int status, String body, String found) {
        FEDEX.referenceAnswer = FedexServer.of(status, body);
        assertThat(carrier().find(Samples.ref()).getClass().getSimpleName()).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({"our own, Sold", "SO-INVOICE-7, Unreachable", "OURS IN SMALL LETTERS, Sold"})
    void what_lists_another_invoice_alone_may_still_be_ours(String invoice, String found) {
        Ref ref = Samples.ref();
        String told = invoice.startsWith("SO-") ? invoice : ref.value();
        FEDEX.referenceAnswer =
                FedexServer.of(200, """
                {"output":{"completeTrackResults":[{"trackResults":[{"trackingNumberInfo":{"trackingNumber":"1"},
                  "error":{},"additionalTrackingInfo":{"packageIdentifiers":[{"type":"INVOICE","values":["%s"]}]}}]}]}}""".formatted(invoice.startsWith("OURS") ? told.toLowerCase(Locale.ROOT) : told));
        assertThat(carrier().find(ref).getClass().getSimpleName()).isEqualTo(found);
    }

    @Test
    void two_shipments_under_one_reference_are_for_a_person() {
        FEDEX.referenceAnswer = FedexServer.of(200, """
                {"output":{"completeTrackResults":[
                  {"trackResults":[{"trackingNumberInfo":{"trackingNumber":"1"},"additionalTrackingInfo":{
                    "packageIdentifiers":[{"type":"STANDARD_MPS","values":["1"]}]}}]},
                  {"trackResults":[{"trackingNumberInfo":{"trackingNumber":"2"},"additionalTrackingInfo":{
                    "packageIdentifiers":[{"type":"STANDARD_MPS","values":["2"]}]}}]}]}}""");
        assertThat(carrier().find(Samples.ref()))
                .isInstanceOfSatisfying(
                        Found.Untold.class, sold -> assertThat(sold.why()).contains("1, 2"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, Untold", "2, 2, Sold", "'', 1, Untold", "1, '', Untold", "'', '', Sold"})
    void a_parcel_that_says_it_is_alone_is_a_shipment_of_its_own(String count, String other, String found) {
        FEDEX.referenceAnswer = FedexServer.of(200, """
                {"output":{"completeTrackResults":[
                  {"trackResults":[{"trackingNumberInfo":{"trackingNumber":"1"},"packageDetails":{"count":"%s"}}]},
                  {"trackResults":[{"trackingNumberInfo":{"trackingNumber":"2"},"packageDetails":{"count":"%s"}}]}]}}""".formatted(count, other));
        assertThat(carrier().find(Samples.ref()).getClass().getSimpleName()).isEqualTo(found);
    }

    @Test
    void a_master_that_does_not_name_itself_stands_with_the_parcels_that_name_it() {
        String parcel = "{\"trackResults\":[{\"trackingNumberInfo\":{\"trackingNumber\":\"%s\"}%s}]}";
        String of =
                ",\"additionalTrackingInfo\":{\"packageIdentifiers\":[{\"type\":\"STANDARD_MPS\",\"values\":[\"%s\"]}]}";
        FEDEX.referenceAnswer = FedexServer.of(
                200,
                "{\"output\":{\"completeTrackResults\":[%s,%s,%s,%s]}}"
                        .formatted(
                                parcel.formatted("A", ""),
                                parcel.formatted("A2", of.formatted("A")),
                                parcel.formatted("B", ""),
                                parcel.formatted("B2", of.formatted("B"))));

        assertThat(carrier().find(Samples.ref()))
                .isInstanceOfSatisfying(
                        Found.Untold.class,
                        untold -> assertThat(untold.several())
                                .extracting(sale ->
                                        sale.id().value() + sale.numbers().size())
                                .containsExactly("A2", "B2"));
    }

    // ---- giving back

    @Test
    void whether_it_was_cancelled_says_the_boolean_and_not_the_status() {
        FEDEX.cancelAnswer =
                FedexServer.of(200, "{\"output\":{\"cancelledShipment\":false,\"message\":\"Too late.\"}}");
        assertThat(cancel()).isEqualTo(new Voided.Refused("unknown", "Too late."));
        FEDEX.cancelAnswer = FedexServer.of(200, "{\"output\":{\"message\":\"Shipment is successfully cancelled\"}}");
        assertThat(cancel()).isInstanceOf(Voided.Unknown.class);
        FEDEX.cancelAnswer = FedexServer.of(
                200,
                "{\"output\":{\"cancelledShipment\":true,\"alerts\":[{\"code\":\"X\",\"message\":\"Mind this.\"}]}}");
        assertThat(cancel()).isEqualTo(new Voided.Done(null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ERROR|SHIPMENT.X|Shipment was previously cancelled|label_already_voided",
                "ERROR|SHIPMENT.TRACKINGNUMBER.NOTFOUND|Sorry.|label_not_found",
                "error|SHIPMENT.X|No.|unknown",
                "ERROR|SHIPMENT.SYSTEM.UNAVAILABLE|No.|",
                "ERROR|SHIPMENT.X|Please try again later.|",
                "NOTE|SHIPMENT.X|Shipment was previously cancelled|"
            })
    void without_the_boolean_an_alert_that_is_an_error_says_why_not(
            String type, String code, String words, @Nullable String reason) {
        FEDEX.cancelAnswer = FedexServer.of(
                200, "{\"output\":{\"cancelledShipment\":null,\"alerts\":[%s]}}".formatted(alert(code, type, words)));
        assertThat(cancel()).satisfies(voided -> {
            if (reason == null) {
                assertThat(voided).isInstanceOf(Voided.Unknown.class);
            } else {
                assertThat(voided).isEqualTo(new Voided.Refused(reason, words));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "null"})
    void where_an_alert_is_an_error_no_note_beside_it_says_why_not(String cancelled) {
        FEDEX.cancelAnswer = FedexServer.of(
                200,
                "{\"output\":{\"cancelledShipment\":%s,\"alerts\":[%s,%s,%s]}}"
                        .formatted(
                                cancelled,
                                alert("TRACKING.DATA.NOTFOUND", "NOTE", "Please try again later."),
                                alert("SHIPMENT.SYSTEM.UNAVAILABLE", "WARNING", "Slow."),
                                alert("SHIPMENT.X", "ERROR", "Already tendered.")));
        assertThat(cancel()).isEqualTo(new Voided.Refused("label_already_used", "Already tendered."));
    }

    @Test
    void a_void_that_was_not_decided_is_asked_again_and_a_decided_one_is_not() {
        FEDEX.cancelAnswer = FedexServer.error(403, "FORBIDDEN.ERROR", "Not you.");
        assertThat(cancel()).isInstanceOf(Voided.Unknown.class);
        FEDEX.cancelAnswer = FedexServer.error(400, "TRACKINGNUMBER.ENTERED.INVALID", "No such number.");
        assertThat(cancel()).isEqualTo(new Voided.Refused("label_not_found", "No such number."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Shipment was previously cancelled|label_already_voided",
                "The package has already been deleted.|label_already_voided",
                "Tracking number already voided|label_already_voided",
                "It cannot be cancelled, for it was already tendered|label_already_used",
                "It cannot be cancelled, for scans exist|unknown",
                "The shipment does no longer exist|label_not_found",
                "Unable to find the shipment you asked for|label_not_found",
                "Tracking number cannot be found. Please correct it and try again.|label_not_found",
                "No shipment was found for this number|label_not_found",
                "The package does not exist in our database|label_not_found",
                "The tracking number is invalid|label_not_found"
            })
    void what_was_cancelled_before_is_told_by_its_words(String words, String reason) {
        FEDEX.cancelAnswer = FedexServer.error(400, "SHIPMENT.X", words);
        assertThat(cancel()).isEqualTo(new Voided.Refused(reason, words));
    }

    @Test
    void a_code_that_ends_in_not_found_says_so_in_any_words() {
        FEDEX.cancelAnswer = FedexServer.error(400, "SHIPMENT.TRACKINGNUMBER.NOTFOUND", "Sorry.");
        assertThat(cancel()).isEqualTo(new Voided.Refused("label_not_found", "Sorry."));
        FEDEX.cancelAnswer = FedexServer.error(404, "NOT.FOUND.ERROR", "The resource is not found.");
        assertThat(cancel()).isInstanceOf(Voided.Unknown.class);
        FEDEX.cancelAnswer = FedexServer.error(400, "SHIPMENT.X", "We could not cancel it. Please try again later.");
        assertThat(cancel()).isInstanceOf(Voided.Unknown.class);
    }

    @Test
    void errors_in_a_200_are_why_it_was_not_cancelled() {
        FEDEX.cancelAnswer = FedexServer.error(200, "TRACKINGNUMBER.ENTERED.INVALID", "No such number.");
        assertThat(cancel()).isEqualTo(new Voided.Refused("label_not_found", "No such number."));
        FEDEX.cancelAnswer = FedexServer.error(200, "SERVICE.UNAVAILABLE.ERROR", "Later.");
        assertThat(cancel()).isInstanceOf(Voided.Unknown.class);
    }

    // ---- prices

    @Test
    void every_service_has_its_price_the_list_price_beside_it_and_its_days() {
        FEDEX.rates = """
                {"output":{"rateReplyDetails":[
                  {"serviceType":"FEDEX_GROUND","commit":{"dateDetail":{"dayFormat":"2026-11-27T23:59:00"},
                     "transitDays":{"minimumTransitTime":"TWO_DAYS","maximumTransitTime":"FOUR_DAYS"}},
                   "ratedShipmentDetails":[
                     {"rateType":"LIST","totalNetCharge":20.00,"currency":"USD"},
                     {"rateType":"ACCOUNT","totalBaseCharge":17.00,"totalNetCharge":11.50,"totalDiscounts":8.00,
                      "shipmentRateDetail":{"currency":"USD","totalFreightDiscount":8.00,
                        "surCharges":[{"type":"FUEL","amount":1.5},{"type":"DELIVERY_AREA","amount":1}]}}]},
                  {"serviceType":"FEDEX_2_DAY","operationalDetail":{"transitTime":"TWO_DAYS","deliveryDate":"2026-11-26"},
                   "ratedShipmentDetails":{"rateType":"LIST","totalNetCharge":{"amount":75,"currency":"SFR"},
                     "ratedPackages":[{"packageRateDetail":{"surcharges":[{"type":"FUEL","amount":5}]}}]}},
                  {"serviceType":"SPACE_LIFT","customerMessages":[{"code":"X","message":"Not from here."}]}]}}""";
        List<Rates.Rate> rates = ((Rates) carrier()).rates(to("Jane Roe"));
        assertThat(rates).extracting(Rates.Rate::service).containsExactly("ground", "two_day", "SPACE_LIFT");
        Rates.Rate ground = rates.get(0);
        assertThat(ground.total()).isEqualTo(Money.of("11.50", "USD"));
        assertThat(ground.list()).isEqualTo(Money.of("20.00", "USD"));
        assertThat(ground.charges())
                .extracting(charge -> charge.type() + " " + charge.amount())
                .containsExactly(
                        "shipping 17.00 USD", "discount -8.00 USD", "fuel_charge 1.5 USD", "location_fee 1 USD");
        assertThat(ground.days()).isEqualTo(4);
        assertThat(ground.promised()).isEqualTo("2026-11-27");
        Rates.Rate air = rates.get(1);
        assertThat(air.list()).isNull();
        assertThat(air.days()).isEqualTo(2);
        assertThat(air.charges())
                .extracting(charge -> charge.type() + " " + charge.amount())
                .containsExactly("fuel_charge 5 CHF", "shipping 70 CHF");
        assertThat(rates.get(2).excluded()).isEqualTo("Not from here.");
    }

    @Test
    void a_price_that_fedex_summed_up_in_floating_point_comes_to_the_cent_and_has_no_part_of_its_own_for_that() {
        FEDEX.rates = """
                {"output":{"rateReplyDetails":[{"serviceType":"FEDEX_GROUND","ratedShipmentDetails":[
                  {"rateType":"ACCOUNT","totalBaseCharge":24.69,"totalNetCharge":27.119999999999997,"currency":"USD",
                   "shipmentRateDetail":{"surCharges":[{"type":"FUEL","amount":2.4299999999999997}]}}]}]}}""";
        Rates.Rate rate = ((Rates) carrier()).rates(to("Jane Roe")).get(0);
        assertThat(rate.total()).isEqualTo(Money.of("27.12", "USD"));
        assertThat(rate.charges())
                .extracting(charge -> charge.type() + " " + charge.amount())
                .containsExactly("shipping 24.69 USD", "fuel_charge 2.43 USD");
    }

    @Test
    void the_accounts_price_holds_though_the_lists_has_no_currency() {
        FEDEX.rates = """
                {"output":{"rateReplyDetails":[{"serviceType":"FEDEX_GROUND","ratedShipmentDetails":[
                  {"rateType":"LIST","totalNetCharge":20.00},
                  {"rateType":"ACCOUNT","totalNetCharge":11.50,"currency":"USD"}]}]}}""";
        assertThat(((Rates) carrier()).rates(to("Jane Roe"))).singleElement().satisfies(rate -> {
            assertThat(rate.total()).isEqualTo(Money.of("11.50", "USD"));
            assertThat(rate.list()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"shipmentRateDetail\":{\"totalFreightDiscount\":0.0},"})
    void a_discount_that_stands_in_the_total_of_the_discounts_alone_is_one(String detail) {
        FEDEX.rates = """
                {"output":{"rateReplyDetails":[{"serviceType":"FEDEX_GROUND","ratedShipmentDetails":[
                  {"rateType":"ACCOUNT","totalBaseCharge":17.00,"totalDiscounts":5.50,%s"totalNetCharge":11.50,
                   "currency":"USD"}]}]}}""".formatted(detail);
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.charges())
                        .extracting(charge -> charge.type() + " " + charge.amount())
                        .containsExactly("shipping 17.00 USD", "discount -5.50 USD"));
    }

    @Test
    void the_lists_price_is_no_cost_where_the_accounts_is_charged_and_not_told() {
        FEDEX.sale = answer -> {
            ((ArrayNode) transaction(answer).at("/completedShipmentDetail/shipmentRating/shipmentRateDetails"))
                    .remove(1);
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).charges()).isEmpty();
    }

    @Test
    void pieces_keep_their_order_where_one_does_not_say_which_it_is() {
        FEDEX.sale = answer -> {
            ((ObjectNode) transaction(answer).at("/pieceResponses/1")).remove("packageSequenceNumber");
            return answer;
        };
        Outcome.Bought bought = bought(buy(shipment(PDF)));
        assertThat(bought.numbers().get(0).value()).isEqualTo(bought.id().value());
        assertThat(bought.numbers()).extracting(ExternalNumber::parcel).containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource({"2 1, 2 1", "1 2, 1 2", "2, 2", "0 0, 1 2", "'', 1 2"})
    void the_number_at_the_post_is_that_of_the_parcel_its_package_says_it_is(String said, String parcels) {
        FEDEX.sale = answer -> {
            ArrayNode packages = detail(answer).putArray("completedPackageDetails");
            List<String> sequence = said.isEmpty() ? List.of("", "") : List.of(said.split(" "));
            for (int i = 0; i < sequence.size(); i++) {
                ObjectNode one = packages.addObject();
                if (!sequence.get(i).isEmpty()) {
                    one.put("sequenceNumber", Integer.parseInt(sequence.get(i)));
                }
                one.putArray("trackingIds")
                        .addObject()
                        .put("trackingIdType", "USPS")
                        .put("trackingNumber", "92P" + i);
            }
            return answer;
        };
        assertThat(bought(buy(shipment(PDF))).numbers().stream()
                        .filter(number -> number.kind().equals("last_mile"))
                        .map(number -> String.valueOf(number.parcel())))
                .containsExactly(parcels.split(" "));
    }

    @Test
    void of_a_service_with_and_without_saturday_the_one_the_label_is_bought_as_is_told() {
        FEDEX.rates = """
                {"output":{"rateReplyDetails":[
                  {"serviceType":"PRIORITY_OVERNIGHT","commit":{"saturdayDelivery":false},
                   "ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":40,"currency":"USD"}]},
                  {"serviceType":"PRIORITY_OVERNIGHT","commit":{"saturdayDelivery":true},
                   "ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":56,"currency":"USD"}]},
                  {"serviceType":"FEDEX_2_DAY",
                   "ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":36,"currency":"USD",
                     "shipmentRateDetail":{"surCharges":[{"type":"SATURDAY_DELIVERY","amount":16}]}}]},
                  {"serviceType":"FEDEX_2_DAY",
                   "ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":20,"currency":"USD"}]},
                  {"serviceType":"FEDEX_GROUND",
                   "ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":9,"currency":"USD"}]}]}}""";
        assertThat(prices(options(true, null)))
                .containsExactly("priority_overnight 56 USD", "two_day 36 USD", "ground 9 USD");
        assertThat(prices(options(false, null))).hasSize(5);
    }

    @Test
    void batteries_within_goods_have_a_price_by_road_only() {
        FEDEX.rates = """
                {"output":{"rateReplyDetails":[
                  {"serviceType":"FEDEX_2_DAY",
                   "ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":20,"currency":"USD"}]},
                  {"serviceType":"FEDEX_GROUND",
                   "ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":9,"currency":"USD"}]}]}}""";
        assertThat(prices(options(null, "contained"))).containsExactly("two_day null", "ground 9 USD");
        assertThat(prices(options(null, "alone"))).containsExactly("two_day null", "ground null");
        assertThat(prices(options(null, "none"))).containsExactly("two_day 20 USD", "ground 9 USD");
    }

    private List<String> prices(Order.Options options) {
        Shipment shipment = FedexRequestsTest.order().options(options).shipment(PDF, "1.2");
        return ((Rates) carrier())
                .rates(shipment).stream()
                        .map(rate -> rate.service() + " " + rate.total())
                        .toList();
    }

    private static Order.Options options(@Nullable Boolean saturday, @Nullable String batteries) {
        return new Order.Options(null, null, saturday, null, batteries, null);
    }

    @Test
    void the_promised_day_is_told_by_either_name_that_fedex_has_for_it() {
        FEDEX.rates = """
                {"output":{"rateReplyDetails":[
                  {"serviceType":"FEDEX_GROUND",
                   "commit":{"dateDetail":{"dayOfWeek":"FRI","dayCxsFormat":"2026-12-04T10:30:00"}},
                   "operationalDetail":{"commitDate":"2026-12-07T23:59:00","transitTime":"THREE_DAYS"},
                   "ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":9.5,"currency":"USD"}]}]}}""";
        assertThat(((Rates) carrier()).rates(to("Jane Roe"))).singleElement().satisfies(rate -> {
            assertThat(rate.promised()).isEqualTo("2026-12-04");
            assertThat(rate.days()).isEqualTo(3);
        });
    }

    @Test
    void the_days_of_a_service_that_promises_none_are_the_most_it_may_take() {
        FEDEX.rates = """
                {"output":{"rateReplyDetails":[
                  {"serviceType":"FEDEX_GROUND","operationalDetail":{"MaximumTransitTime":"FIVE_DAYS"},
                   "ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":9.5,"currency":"USD"}]}]}}""";
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.days()).isEqualTo(5));
    }

    @Test
    void one_price_that_cannot_be_read_takes_no_other_with_it_and_an_alert_alone_is_the_reason() {
        FEDEX.rates = """
                {"output":{"rateReplyDetails":[
                  {"serviceType":"FEDEX_GROUND","ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":1,"currency":"QQQ"}]},
                  {"ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":3,"currency":"USD"}]},
                  {"serviceType":"FEDEX_2_DAY","ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":2,"currency":"USD"}]}]}}""";
        List<Rates.Rate> rates = ((Rates) carrier()).rates(to("Jane Roe"));
        assertThat(rates).extracting(Rates.Rate::service).containsExactly("ground", "*", "two_day");
        assertThat(rates.get(0).excluded()).contains("QQQ");
        assertThat(rates.get(1).excluded()).contains("it has no serviceType");
        assertThat(rates.get(2).total()).isEqualTo(Money.of("2", "USD"));
        FEDEX.rates = "{\"output\":{\"alerts\":[{\"code\":\"X\",\"message\":\"No service today.\"}]}}";
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).isEqualTo("No service today."));
    }

    @Test
    void a_lane_without_a_price_says_why() {
        FEDEX.instead = FedexServer.error(400, "SERVICE.TYPE.UNAVAILABLE", "Nothing goes there.");
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).isEqualTo("Nothing goes there."));
        FEDEX.instead = FedexServer.of(503, "");
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).contains("HTTP 503"));
    }

    // ---- following

    @Test
    void what_happened_is_told_in_our_words_with_fedexs_codes_kept() {
        FEDEX.tracking = asked -> tracked(
                NUMBER,
                scan("DL", "2026-11-24T15:30:00-06:00"),
                scan("DE", "2026-11-23T17:00:00-06:00")
                        .put("exceptionCode", "08")
                        .put("exceptionDescription", "Nobody home"),
                scan("XX", "2026-11-23T09:00:00-0600").put("derivedStatusCode", "IT"),
                scan("OC", "2026-11-22"));
        List<Tracks.Event> events = ((Tracks) carrier()).track(List.of(NUMBER));
        assertThat(events)
                .extracting(event ->
                        event.status() + " " + event.code() + " " + event.at().toInstant())
                .containsExactly(
                        "delivered DL 2026-11-24T21:30:00Z",
                        "delivery_failed DE 08 2026-11-23T23:00:00Z",
                        "in_transit XX 2026-11-23T15:00:00Z",
                        "pending OC 2026-11-22T00:00:00Z");
        assertThat(events.get(1).text()).isEqualTo("about DE: Nobody home");
        assertThat(events.get(0).place()).isEqualTo("Austin, TX, US");
    }

    @ParameterizedTest
    @CsvSource({
        "DE, Unable to deliver shipment - Returned to shipper, return_to_sender",
        "SE, Refused by recipient - Returning to shipper, return_to_sender",
        "DL, Package returned to the shipper, return_to_sender",
        "IT, The package is being returned to the sender, return_to_sender",
        "RS, About to leave, return_to_sender",
        "DE, Business closed, delivery_failed",
        "DE, It will be returned to shipper after three days, delivery_failed",
        "OC, A label to return to shipper, pending"
    })
    void what_goes_back_to_its_sender_is_told_by_its_words_whether_scanned_or_not(
            String code, String reason, String status) {
        FEDEX.tracking =
                asked -> tracked(NUMBER, scan(code, "2026-11-24T15:30:00-06:00").put("exceptionDescription", reason));
        assertThat(((Tracks) carrier()).track(List.of(NUMBER)))
                .extracting(Tracks.Event::status)
                .containsExactly(status);
        ObjectNode latest = RequestJson.object();
        latest.putObject("trackingNumberInfo").put("trackingNumber", NUMBER);
        latest.putArray("dateAndTimes")
                .addObject()
                .put("type", "ACTUAL_PICKUP")
                .put("dateTime", "2026-11-24T15:30:00-06:00");
        ObjectNode detail = latest.putObject("latestStatusDetail").put("code", code);
        detail.put("description", "about " + code)
                .putArray("ancillaryDetails")
                .addObject()
                .put("reason", "08")
                .put("reasonDescription", reason);
        FEDEX.tracking = asked -> complete(parcel(NUMBER, latest.toString()));
        assertThat(((Tracks) carrier()).track(List.of(NUMBER))).singleElement().satisfies(event -> {
            assertThat(event.status()).isEqualTo(status);
            assertThat(event.text()).isEqualTo("about " + code + ": " + reason);
        });
    }

    @Test
    void one_number_that_fedex_does_not_know_or_cannot_tell_of_now_does_not_silence_the_others() {
        String unknown = "{\"error\":{\"code\":\"TRACKING.TRACKINGNUMBER.NOTFOUND\",\"message\":\"x\"}}";
        String broken = "{\"error\":{\"code\":\"SERVICE.UNAVAILABLE.ERROR\",\"message\":\"later\"}}";
        FEDEX.tracking = asked -> complete(
                parcel("1", unknown),
                parcel("2", broken),
                parcel(NUMBER, result(NUMBER, "", scan("DL", "2026-11-24"))));
        assertThat(((Tracks) carrier()).track(List.of("1", "2", NUMBER)))
                .extracting(Tracks.Event::trackingNumber)
                .containsExactly(NUMBER);
        FEDEX.tracking = asked -> complete(parcel("1", unknown.replace("NOTFOUND", "INVALID")));
        assertThat(((Tracks) carrier()).track(List.of("1"))).isEmpty();
        FEDEX.tracking = asked -> complete(parcel("2", broken));
        assertThatThrownBy(() -> ((Tracks) carrier()).track(List.of("2"))).hasMessageContaining("later");
    }

    @Test
    void of_a_number_that_was_used_before_the_latest_parcel_is_ours() {
        FEDEX.tracking = asked -> {
            String id = asked.at("/trackingInfo/0/trackingNumberInfo/trackingNumberUniqueId")
                    .asText();
            return id.isEmpty()
                    ? complete(parcel(
                            NUMBER,
                            result(NUMBER, "245822~" + NUMBER + "~FDEG"),
                            result(NUMBER, "246001~" + NUMBER + "~FDEG")))
                    : complete(parcel(NUMBER, result(NUMBER, id, scan("PU", "2026-11-23"))));
        };
        assertThat(((Tracks) carrier()).track(List.of(NUMBER)))
                .extracting(Tracks.Event::status)
                .containsExactly("picked_up");
        assertThat(last("/track")
                        .json()
                        .at("/trackingInfo/0/trackingNumberInfo/trackingNumberUniqueId")
                        .asText())
                .isEqualTo("246001~" + NUMBER + "~FDEG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANTICIPATED_TENDER", "SHIPMENT_DATA_RECEIVED", "ESTIMATED_DELIVERY"})
    void of_a_number_that_was_used_before_a_parcel_that_has_not_been_handed_over_is_ours(String type) {
        String uniqueId = "246001~" + NUMBER + "~FDEG";
        FEDEX.tracking = asked -> {
            String id = asked.at("/trackingInfo/0/trackingNumberInfo/trackingNumberUniqueId")
                    .asText();
            return id.isEmpty()
                    ? complete(parcel(
                            NUMBER,
                            dated(uniqueId, type, "2026-11-24T00:00:00-06:00"),
                            dated("245822~" + NUMBER + "~FDEG", "ACTUAL_DELIVERY", "2026-05-20T11:00:00-05:00")))
                    : complete(parcel(
                            NUMBER, result(NUMBER, id, scan(id.equals(uniqueId) ? "OC" : "DL", "2026-11-23"))));
        };
        assertThat(((Tracks) carrier()).track(List.of(NUMBER)))
                .extracting(Tracks.Event::status)
                .containsExactly("pending");
    }

    @Test
    void a_parcel_without_scans_is_where_its_latest_status_says() {
        FEDEX.tracking = asked -> complete(parcel(
                NUMBER,
                "{\"trackingNumberInfo\":{\"trackingNumber\":\"" + NUMBER
                        + "\"},\"latestStatusDetail\":{\"code\":\"OD\",\"description\":\"On the van\"},"
                        + "\"dateAndTimes\":[{\"type\":\"ESTIMATED_DELIVERY\",\"dateTime\":\"2026-11-30T00:00:00\"},"
                        + "{\"type\":\"ACTUAL_PICKUP\",\"dateTime\":\"2026-11-23T08:00:00-06:00\"}]}"));
        assertThat(((Tracks) carrier()).track(List.of(NUMBER))).singleElement().satisfies(event -> {
            assertThat(event.status()).isEqualTo("out_for_delivery");
            assertThat(event.at()).isEqualTo("2026-11-23T08:00:00-06:00");
        });
        FEDEX.tracking = asked -> complete(
                parcel(
                        NUMBER,
                        "{\"trackingNumberInfo\":{\"trackingNumber\":\"" + NUMBER
                                + "\"},\"latestStatusDetail\":{\"code\":\"DE\",\"ancillaryDetails\":[{\"reason\":\"14\",\"reasonDescription\":"
                                + "\"Another number\",\"actionDescription\":\"Undeliverable, returned to shipper\"}]},"
                                + "\"dateAndTimes\":[{\"type\":\"ACTUAL_PICKUP\",\"dateTime\":\"2026-11-23T08:00:00-06:00\"}]}"));
        assertThat(((Tracks) carrier()).track(List.of(NUMBER))).singleElement().satisfies(event -> {
            assertThat(event.status()).isEqualTo("return_to_sender");
            assertThat(event.code() + " " + event.text()).isEqualTo("DE 14 Another number");
        });
    }

    @Test
    void thirty_numbers_go_in_a_call() {
        FEDEX.tracking = asked -> complete();
        int before = FEDEX.calls("/track").size();
        ((Tracks) carrier())
                .track(IntStream.range(0, 31).mapToObj(String::valueOf).toList());
        assertThat(FEDEX.calls("/track").subList(before, FEDEX.calls("/track").size()))
                .extracting(call -> call.json().path("trackingInfo").size())
                .containsExactly(30, 1);
    }

    // ---- the Ground close

    @Test
    void the_close_of_the_day_gives_the_manifest_as_a_text_and_leaves_what_it_does_not_name() {
        FEDEX.close = FedexServer.manifest("GROUND PICKUP MANIFEST\n7949 5353 5999  12.0 LBS\n", "TOTAL 1\n");
        Manifests.Closed.Done done = (Manifests.Closed.Done) close(NUMBER, "794953536000");
        assertThat(done.papers()).singleElement().satisfies(paper -> {
            assertThat(paper.kind() + " " + paper.format()).isEqualTo("manifest TXT");
            assertThat(new String(paper.bytes(), UTF_8)).endsWith("TOTAL 1\n");
        });
        assertThat(done.left()).extracting(Manifests.Left::shipment).containsExactly(new ShipmentId("794953536000"));
        JsonNode asked = last("/ship/v1/endofday/").json();
        assertThat(asked.path("closeReqType").asText() + " "
                        + asked.path("closeDate").asText())
                .isEqualTo("GCDR 2026-11-25");
    }

    @Test
    void what_was_closed_before_is_told_by_the_days_manifests_and_no_second_close() {
        FEDEX.manifests = FedexServer.manifest("GROUND PICKUP MANIFEST\n" + NUMBER);
        assertThat(close(NUMBER)).isInstanceOfSatisfying(Manifests.Closed.Done.class, done -> {
            assertThat(done.left()).isEmpty();
            assertThat(done.papers()).hasSize(1);
        });
        FEDEX.manifests = FedexServer.manifest("GROUND PICKUP MANIFEST\n794953530001");
        assertThat(close(NUMBER))
                .isInstanceOfSatisfying(
                        Manifests.Closed.Refused.class,
                        no -> assertThat(no.words()).contains("no shipments to close"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 403, 500, 503})
    void a_close_without_a_manifest_or_an_answer_is_unknown(int status) {
        FEDEX.close = status == 200
                ? FedexServer.of(200, "{\"output\":{\"alerts\":[{\"message\":\"in progress\"}]}}")
                : FedexServer.error(status, "NOT.AUTHORIZED.ERROR", "Not now.");
        assertThat(close(NUMBER)).isInstanceOf(Manifests.Closed.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"ground,true", "FEDEX_GROUND,true", "home_delivery,true", "two_day,false"})
    void the_close_takes_ground_from_wherever_it_leaves(String service, boolean taken) {
        Manifests carrier = (Manifests) carrier();
        assertThat(carrier.takes(service)).isEqualTo(taken);
        assertThat(carrier.closesAll()).isTrue();
    }

    private Manifests.Closed close(String... numbers) {
        List<ShipmentId> shipments = Arrays.stream(numbers).map(ShipmentId::new).toList();
        return ((Manifests) carrier()).close(shipments, home("Acme"), LocalDate.parse("2026-11-25"));
    }

    // ---- pushed

    @ParameterizedTest
    @ValueSource(strings = {"base64", "hex", "HEX"})
    void a_delivery_is_proven_by_its_signature_however_it_is_written(String how) throws Exception {
        byte[] body = tracked(NUMBER, scan("DL", "2026-11-24"), scan("PU", "2026-11-22"))
                .getBytes(UTF_8);
        byte[] mac = hmac("hook-t0ken", body);
        String signature = switch (how) {
            case "base64" -> Base64.getEncoder().encodeToString(mac);
            case "hex" -> HexFormat.of().formatHex(mac);
            default -> HexFormat.of().withUpperCase().formatHex(mac);
        };
        Webhooks hooks = (Webhooks) open("clientSecret=s", "webhookToken=hook-t0ken");
        assertThat(hooks.prove(new Webhooks.Delivery(Map.of("FDX-Signature", signature), body)))
                .startsWith("sha256:");
        assertThat(hooks.read(body)).extracting(Tracks.Event::status).containsExactly("delivered", "picked_up");
    }

    @Test
    void while_the_security_token_is_replaced_both_are_taken() throws Exception {
        byte[] body = "{}".getBytes(UTF_8);
        Webhooks hooks = (Webhooks) open("clientSecret=s", "webhookToken=hook-t0ken", "webhookToken.next=next-t0ken");
        for (String token : List.of("hook-t0ken", "next-t0ken")) {
            String signature = HexFormat.of().formatHex(hmac(token, body));
            assertThat(hooks.prove(new Webhooks.Delivery(Map.of("fdx-signature", signature), body)))
                    .startsWith("sha256:");
        }
    }

    @Test
    void a_delivery_that_was_changed_or_is_not_signed_is_refused() throws Exception {
        byte[] body = "{}".getBytes(UTF_8);
        String signature = Base64.getEncoder().encodeToString(hmac("hook-t0ken", body));
        Webhooks hooks = (Webhooks) open("clientSecret=s", "webhookToken=hook-t0ken");
        assertThatThrownBy(() ->
                        hooks.prove(new Webhooks.Delivery(Map.of("fdx-signature", signature), "{ }".getBytes(UTF_8))))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> hooks.prove(new Webhooks.Delivery(Map.of(), body)))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> ((Webhooks) open("clientSecret=s"))
                        .prove(new Webhooks.Delivery(Map.of("fdx-signature", signature), body)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void results_are_read_wherever_they_stand_in_what_is_pushed() {
        Webhooks hooks = (Webhooks) carrier();
        String bare = result(NUMBER, "", scan("HL", "2026-11-24"));
        for (String body : List.of(
                bare,
                "[" + bare + "]",
                bare.replace("scanEvents", "scanEvent"),
                "{\"event\":{\"trackResults\":[" + bare + "]}}")) {
            assertThat(hooks.read(body.getBytes(UTF_8)))
                    .extracting(Tracks.Event::status)
                    .containsExactly("ready_for_pickup");
        }
        assertThatThrownBy(() -> hooks.read("{\"hello\":1}".getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ----

    private static byte[] hmac(String key, byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
        return mac.doFinal(body);
    }

    private static ObjectNode scan(String type, String date) {
        ObjectNode scan =
                RequestJson.object().put("date", date).put("eventType", type).put("eventDescription", "about " + type);
        scan.putObject("scanLocation")
                .put("city", "Austin")
                .put("stateOrProvinceCode", "TX")
                .put("countryCode", "US");
        return scan;
    }

    private static String tracked(String number, ObjectNode... scans) {
        return complete(parcel(number, result(number, "", scans)));
    }

    private static String result(String number, String uniqueId, ObjectNode... scans) {
        ObjectNode result = RequestJson.object();
        result.putObject("trackingNumberInfo")
                .put("trackingNumber", number)
                .put("trackingNumberUniqueId", uniqueId)
                .put("carrierCode", "FDXG");
        if (scans.length > 0) {
            result.putArray("scanEvents").addAll(Arrays.asList(scans));
        }
        return result.toString();
    }

    private static String dated(String uniqueId, String type, String time) {
        ObjectNode result = (ObjectNode) Json.kept(result(NUMBER, uniqueId));
        result.putArray("dateAndTimes").addObject().put("type", type).put("dateTime", time);
        return result.toString();
    }

    private static String parcel(String number, String... results) {
        return "{\"trackingNumber\":\"" + number + "\",\"trackResults\":[" + String.join(",", results) + "]}";
    }

    private static String complete(String... parcels) {
        return "{\"output\":{\"completeTrackResults\":[" + String.join(",", parcels) + "]}}";
    }

    private static ObjectNode transaction(ObjectNode answer) {
        return (ObjectNode) answer.at("/output/transactionShipments/0");
    }

    private static ObjectNode detail(ObjectNode answer) {
        return (ObjectNode) transaction(answer).path("completedShipmentDetail");
    }

    private static ObjectNode byAddress(ObjectNode answer, String address) {
        ObjectNode document = (ObjectNode) transaction(answer).at("/pieceResponses/0/packageDocuments/0");
        document.remove("encodedLabel");
        document.put("url", address);
        return answer;
    }

    private static String[] twice(int parcels) {
        String[] kilograms = new String[parcels];
        Arrays.fill(kilograms, "1");
        return kilograms;
    }

    private FedexServer.Call last(String path) {
        List<FedexServer.Call> calls = FEDEX.calls(path);
        return calls.get(calls.size() - 1);
    }

    private Voided cancel() {
        return ((Voids) carrier()).cancel(new ShipmentId(NUMBER), Samples.ref());
    }

    private Outcome buy(Shipment shipment) {
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(shipment, Samples.ref());
        return carrier.buy(prepared);
    }

    private static Shipment to(String recipient) {
        return Samples.shipment(home(recipient), "ground", PDF, "1.2");
    }

    /** An account of the usual settings, with these more or other. */
    private static Carrier open(String... settings) {
        Map<String, String> all = new LinkedHashMap<>(
                Map.of("adapter", "fedex", "mode", "test", "number", "740561073", "clientId", FedexServer.ID));
        for (String setting : settings) {
            all.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        StringBuilder text = new StringBuilder();
        all.forEach((key, value) -> text.append("account.fedex.")
                .append(key)
                .append('=')
                .append(value)
                .append('\n'));
        return new Carriers().open("fedex", Settings.of(text.toString()).section("account.fedex"));
    }
}
