package io.waybill.carrier.dhl_parcel_de;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.waybill.carrier.Samples.PDF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.CarrierStub;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Manifests;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.PlayedContract;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Samples;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Voids.Voided;
import io.waybill.order.Address;
import io.waybill.settings.Settings;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaketCarrierTest extends PlayedContract {
    @RegisterExtension
    static final PaketServer DHL = new PaketServer();

    private static final String NUMBER = "00340434161094042557";
    private static final Address SHOP = new Address(
            "Acme Lager",
            "Acme GmbH",
            "Sträßchensweg 10",
            null,
            null,
            "Bonn",
            null,
            "53113",
            "DE",
            null,
            null,
            false,
            null);

    @Override
    protected CarrierFactory factory() {
        return new PaketFactory();
    }

    @Override
    protected CarrierStub server() {
        return DHL;
    }

    @Override
    protected Carrier carrierAt(URI base) {
        return open(base, PaketServer.SECRET);
    }

    @Override
    protected List<String> essential() {
        return List.of("/items(/\\d)?", ".*/shipmentNo");
    }

    @Override
    protected String secret() {
        return PaketServer.SECRET;
    }

    @Override
    protected void stubFreeCalls(WireMockServer server) {
        server.stubFor(WireMock.post("/parcel/de/account/auth/ropc/v1/token")
                .willReturn(PaketServer.of(200, "{\"access_token\":\"T1\",\"expires_in\":1799}")));
    }

    @Override
    protected Shipment shipment(LabelRequest label) {
        return to("Jane Roe", label, "1.2", "3");
    }

    @Override
    protected Optional<Carrier> stranger() {
        return Optional.of(open(DHL.url(), "another-secret"));
    }

    @Override
    protected Optional<RefusedVoid> refusedVoid() {
        return Optional.of(new RefusedVoid(
                sold -> DHL.voidAnswer = deleted(400, "The shipment is already manifested."), "void_period_over"));
    }

    @Override
    protected Optional<Consumer<String>> unknownCode() {
        return Optional.of(number -> DHL.tracking = tracked(number, event("Z9", "BEAMD", "Beamed up")));
    }

    @Override
    protected void scans(String number) {
        DHL.tracking = tracked(
                number,
                event("VA", "PARCV", "Announced"),
                event("PO", "SRTED", "Loaded onto the delivery vehicle"),
                event("ZU", "DLVRD", "Delivered"));
    }

    // ---- buying

    @Test
    void each_parcel_is_a_shipment_with_its_own_number_and_the_hub_knows_them_joined() {
        Outcome.Bought bought = bought(buy(shipment(PDF)));
        assertThat(bought.numbers())
                .extracting(number -> number.kind() + " " + number.parcel())
                .containsExactly("shipment 0", "tracking 1", "tracking 2");
        assertThat(bought.id().value())
                .isEqualTo(bought.numbers().get(1).value() + "+"
                        + bought.numbers().get(2).value());
        assertThat(bought.charges()).isEmpty();
        assertThat(lastOrder().query("mustEncode")).isEqualTo("true");
        assertThat(lastOrder().query("printFormat")).isEqualTo("910-300-400");
        Outcome.Bought single = bought(buy(to("Jane Roe", PDF, "1")));
        assertThat(single.numbers())
                .containsExactly(new ExternalNumber("tracking", 1, single.id().value()));
    }

    @Test
    void half_an_order_is_taken_back_and_refused() {
        Outcome outcome = buy(to("HALF Jane Roe", PDF, "1", "2", "3"));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, no -> {
            assertThat(no.words()).isEqualTo("consignee.postalCode: The postal code cannot be encoded.");
            assertThat(no.pointer()).isEqualTo("/shipTo/postalCode");
            assertThat(no.code()).isEqualTo("400");
        });
        CarrierStub.Call last = DHL.calls("/parcel/de/shipping/v2/orders")
                .get(DHL.calls("/parcel/de/shipping/v2/orders").size() - 1);
        assertThat(last.method()).isEqualTo("DELETE");
        assertThat(last.request().queryParameter("shipment").values()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"503", "400", "200"})
    void half_an_order_that_is_not_taken_back_is_unknown_with_its_numbers(int status) {
        DHL.voidAnswer = status == 503 ? PaketServer.of(503, "") : deleted(status == 200 ? 200 : 400, "closed");
        assertThat(buy(to("HALF Jane Roe", PDF, "1", "2", "3")))
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("2 of 3 parcels were sold (00340434"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"shipmentNo\":\"1\",\"sstatus\":{\"status\":200}},{\"sstatus\":{\"title\":\"Internal Server Error\",\"status\":500}}",
                "{\"sstatus\":{\"title\":\"Bad Request\",\"status\":400}},{\"sstatus\":{\"title\":\"ok\",\"status\":200}}",
                "{\"sstatus\":{\"title\":\"Bad Request\",\"status\":400}},{\"sstatus\":{\"title\":\"Internal Server Error\",\"status\":500}}",
                "{\"sstatus\":{\"title\":\"Bad Request\",\"status\":400}}"
            })
    void a_parcel_of_which_nothing_is_decided_may_have_been_sold_and_nothing_is_taken_back(String items) {
        DHL.instead = PaketServer.of(207, "{\"items\":[" + items + "]}");
        assertThat(buy(to("Jane Roe", PDF, "1", "2"))).isInstanceOf(Outcome.Unknown.class);
        assertThat(lastOrder().method()).isEqualTo("POST");
    }

    @Test
    void what_has_a_number_was_sold_whatever_dhl_warns_of() {
        DHL.sale = answer -> {
            ObjectNode item = (ObjectNode) answer.path("items").path(0);
            item.putArray("validationMessages")
                    .addObject()
                    .put("property", "consignee.addressStreet")
                    .put("validationMessage", "The address is not known.")
                    .put("validationState", "Warning");
            answer.set("items", item); // one, where a list was promised
            return answer.put("aFieldNobodyAnnounced", 1);
        };
        assertThat(bought(buy(to("Jane Roe", PDF, "1"))).said())
                .isEqualTo("consignee.addressStreet: The address is not known.");
    }

    @ParameterizedTest
    @CsvSource({
        "Error, consignee.addressStreet: The address is not known.",
        "Info, consignee.addressStreet: The address is not known.",
        "'', consignee.addressStreet: The address is not known."
    })
    void what_is_said_of_a_sold_shipment_is_told_in_whatever_state_it_is(String state, String said) {
        DHL.sale = answer -> {
            ((ObjectNode) answer.path("items").path(0))
                    .putArray("validationMessages")
                    .addObject()
                    .put("property", "consignee.addressStreet")
                    .put("validationMessage", "The address is not known.")
                    .put("validationState", state);
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe", PDF, "1"))).said()).isEqualTo(said);
    }

    @Test
    void a_return_label_comes_beside_under_its_own_number() {
        Carrier carrier = open(DHL.url(), PaketServer.SECRET, "returnBillingNumber=33333333330701");
        Outcome.Bought bought = bought(carrier.buy(carrier.prepare(to("Jane Roe", PDF, "1"), Samples.ref())));
        assertThat(bought.numbers()).extracting(ExternalNumber::kind).containsExactly("tracking", "return");
        assertThat(bought.label().orElseThrow().documents())
                .extracting(Label.Document::kind)
                .containsExactly("shipping_label", "return_label");
    }

    @Test
    void abroad_the_declaration_is_printed_too() {
        assertThat(bought(buy(PaketRequestsTest.toSwitzerland()))
                        .label()
                        .orElseThrow()
                        .documents())
                .extracting(document -> document.kind() + " " + document.size())
                .containsExactly("shipping_label 4x6", "customs_declaration A4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "", "//"})
    void a_label_may_be_given_by_its_address_at_dhl_or_where_the_account_calls(String before) {
        DHL.sale = answer -> {
            ((ObjectNode) answer.path("items").path(0))
                    .putObject("label")
                    .put("url", before + DHL.url().getAuthority() + "/label/1.pdf?token=x");
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe", PDF, "1"))).label().orElseThrow().documents())
                .singleElement()
                .satisfies(document -> assertThat(document.format()).isEqualTo("PDF"));
    }

    @Test
    void no_document_is_begun_that_a_purchase_has_no_time_for_and_label_and_papers_come_together_later() {
        DHL.sale = answer -> {
            ObjectNode item = (ObjectNode) answer.path("items").path(0);
            for (String paper : List.of("returnLabel", "customsDoc")) {
                item.putObject(paper).put("url", DHL.url() + "/slow/" + paper);
            }
            return answer;
        };
        Carrier carrier = open(DHL.url(), PaketServer.SECRET, "connectTimeout=100ms", "answerTimeout=500ms");
        Outcome.Bought bought = bought(carrier.buy(carrier.prepare(to("Jane Roe", PDF, "1"), Samples.ref())));
        assertThat(DHL.calls("/slow/")).hasSizeBetween(1, 3);
        assertThat(bought.label()).isEmpty();
    }

    @Test
    void a_label_that_cannot_be_read_does_not_undo_the_sale_and_is_printed_again() {
        DHL.sale = answer -> {
            ((ObjectNode) answer.path("items").path(0)).putObject("label").put("url", "https://example.org/label");
            return answer;
        };
        Outcome.Bought bought = bought(buy(to("Jane Roe", PDF, "1")));
        assertThat(bought.label()).isEmpty();
        assertThat(carrier().fetch(bought.id(), new LabelRequest("ZPL", "4x8", 203)))
                .isInstanceOfSatisfying(
                        Fetched.Ready.class,
                        ready -> assertThat(ready.label().documents())
                                .singleElement()
                                .satisfies(document ->
                                        assertThat(document.format()).isEqualTo("ZPL")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404|{\"status\":{\"title\":\"Not Found\",\"statusCode\":404,\"detail\":\"closed\"}}|Gone",
                "200|{\"items\":[{\"shipmentNo\":\"1\",\"sstatus\":{\"title\":\"x\",\"statusCode\":400}}]}|Gone",
                "200|{\"items\":[{\"sstatus\":{\"title\":\"temporarily unavailable\",\"statusCode\":400}}]}|NotYet",
                "207|{\"items\":[{\"shipmentNo\":\"1\",\"sstatus\":{\"detail\":\"Please try again later\",\"statusCode\":404}}]}|NotYet",
                "207|{\"items\":[{\"shipmentNo\":\"1\",\"sstatus\":{\"title\":\"Too Many Requests\",\"status\":429}}]}|NotYet",
                "404|{\"status\":{\"title\":\"Not Found\",\"statusCode\":404,\"detail\":\"The service is temporarily unavailable\"}}|NotYet",
                "200|{\"items\":[{\"shipmentNo\":\"1\",\"sstatus\":{\"title\":\"x\",\"status\":500}}]}|NotYet",
                "207|{\"items\":[{\"shipmentNo\":\"1\",\"sstatus\":{\"title\":\"Unauthorized\",\"status\":401}}]}|NotYet",
                "207|{\"items\":[{\"shipmentNo\":\"1\",\"sstatus\":{\"title\":\"Forbidden\",\"statusCode\":403}}]}|NotYet",
                "404|<html>no such page</html>|NotYet",
                "401|{\"title\":\"Unauthorized\",\"statusCode\":401}|NotYet",
                "500||NotYet",
                "200|{\"items\":[]}|NotYet"
            })
    void a_label_is_gone_only_when_dhl_knows_the_shipment_no_more(int status, String body, String fetched) {
        DHL.printAnswer = PaketServer.of(status, body == null ? "" : body);
        assertThat(carrier().fetch(new ShipmentId("1"), PDF).getClass().getSimpleName())
                .isEqualTo(fetched);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|{\"title\":\"Unauthorized\",\"statusCode\":401,\"detail\":\"Unauthorized\"}|NotSent|",
                "403|{\"title\":\"Forbidden\"}|NotSent|",
                "200|{\"status\":{\"title\":\"ok\",\"statusCode\":200},\"items\":[{\"sstatus\":{\"title\":\"ok\",\"statusCode\":200},\"validationMessages\":[{\"property\":\"dimension.weight\",\"validationMessage\":\"The weight is too high\",\"validationState\":\"Error\"}]}]}|Refused|/parcels/0/weight",
                "207|{\"items\":[{\"sstatus\":{\"title\":\"Bad Request\",\"status\":\"400\",\"detail\":\"No contract\"}}]}|Refused|",
                "400|{\"items\":[{\"propertyPath\":\"$.shipments[0].consignee.postalCode\",\"message\":\"is too short\"}],\"status\":{\"statusCode\":400,\"title\":\"Bad Request\",\"detail\":\"schema\"}}|Refused|/shipTo/postalCode",
                "400|{\"title\":\"Bad Request\",\"statusCode\":400,\"detail\":\"The billing number is wrong.\"}|Refused|",
                "400|{\"items\":[{\"validationMessages\":[{\"property\":\"shipments[0].customs.items[2].hsCode\",\"validationMessage\":\"wrong\"}]}]}|Refused|/items/2/hsCode",
                "200|{\"status\":{\"title\":\"ok\",\"statusCode\":200}}|Unknown|",
                "200|{\"items\":[{\"sstatus\":{\"title\":\"ok\",\"statusCode\":200},\"validationMessages\":[{\"validationMessage\":\"w\",\"validationState\":\"Warning\"}]}]}|Unknown|",
                "200|{\"items\":[{\"sstatus\":{\"title\":\"Internal Server Error\",\"status\":500}}]}|Unknown|",
                "207|{\"items\":[{\"sstatus\":{\"title\":\"Internal Server Error\",\"status\":500}}]}|Unknown|",
                "207|{\"items\":[{\"sstatus\":{\"title\":\"Internal Server Error\",\"status\":500},\"validationMessages\":[{\"property\":\"dimension.weight\",\"validationMessage\":\"The weight is too high\",\"validationState\":\"Error\"}]}]}|Refused|/parcels/0/weight",
                "400|{\"items\":[{\"sstatus\":{\"title\":\"Internal Server Error\",\"status\":500}}],\"status\":{\"title\":\"Bad Request\",\"status\":400,\"detail\":\"1 of 1 shipments had errors\"}}|Unknown|",
                "400|[{\"propertyPath\":\"$.shipments[0].consignee.postalCode\",\"message\":\"is too short\"}]|Refused|/shipTo/postalCode",
                "422|{\"message\":\"No such billing number\"}|Refused|",
                "404|{\"title\":\"Resource not found\",\"status\":404}|Unknown|",
                "400|{\"title\":\"Bad Request\",\"statusCode\":400,\"detail\":\"Der Dienst ist gestört. Bitte versuchen Sie es später erneut.\"}|Unknown|",
                "207|{\"items\":[{\"sstatus\":{\"title\":\"Error\",\"status\":400,\"detail\":\"Please try again later.\"}}]}|Unknown|",
                "207|{\"items\":[{\"sstatus\":{\"title\":\"Too Many Requests\",\"status\":429}}]}|Unknown|",
                "400|<html>bad request</html>|Unknown|"
            })
    void every_family_of_errors_is_read(int status, String body, String outcome, String pointer) {
        DHL.instead = PaketServer.of(status, body);
        Outcome answer = buy(to("Jane Roe", PDF, "1"));
        assertThat(answer.getClass().getSimpleName()).isEqualTo(outcome);
        if (answer instanceof Outcome.Refused no) {
            assertThat(no.pointer()).isEqualTo(pointer);
            assertThat(no.words()).isNotBlank();
            assertThat(no.code()).isNotBlank();
        }
    }

    @Test
    void a_refusal_without_errors_is_told_by_its_warnings() {
        DHL.instead = PaketServer.of(
                400,
                "{\"status\":{\"title\":\"Bad Request\",\"status\":400,\"detail\":\"1 of 1 shipments had errors\"},\"items\":[{"
                        + "\"sstatus\":{\"title\":\"Bad Request\",\"status\":400},\"validationMessages\":[{\"property\":"
                        + "\"consignee.addressHouse\",\"validationMessage\":\"The house number is not known.\","
                        + "\"validationState\":\"Warning\"}]}]}");
        assertThat(buy(to("Jane Roe", PDF, "1"))).isInstanceOfSatisfying(Outcome.Refused.class, no -> {
            assertThat(no.words()).contains("The house number is not known.");
            assertThat(no.pointer()).isEqualTo("/shipTo/line1");
        });
    }

    @Test
    void a_carrier_that_does_not_answer_in_time_may_have_sold() {
        Carrier hasty = open(DHL.url(), PaketServer.SECRET, "answerTimeout=300ms");
        await("its token")
                .until(() ->
                        hasty.buy(hasty.prepare(to("Jane Roe", PDF, "1"), Samples.ref())) instanceof Outcome.Bought);
        DHL.instead = PaketServer.of(200, "{}").withFixedDelay(2_000);
        assertThat(hasty.buy(hasty.prepare(to("Jane Roe", PDF, "1"), Samples.ref())))
                .isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void without_the_applications_secret_calls_are_made_by_key_and_password() {
        Carrier carrier = open(DHL.url(), PaketServer.SECRET, "apiSecret=");
        bought(carrier.buy(carrier.prepare(to("Jane Roe", PDF, "1"), Samples.ref())));
        assertThatThrownBy(() -> ((Tracks) carrier).track(List.of(NUMBER))).hasMessageContaining("apiSecret");
    }

    @Test
    void what_is_printed_stands_after_the_body_and_nothing_is_rated() {
        for (PaketPrint print : PaketPrint.values()) {
            assertThat(PaketPrint.of(print.mark("{}".getBytes()))).isEqualTo(print);
        }
        bought(buy(to("Jane Roe", new LabelRequest("ZPL", "4x8", 203), "1")));
        assertThat(lastOrder().query("docFormat")).isEqualTo("ZPL2");
        assertThat(lastOrder().query("printFormat")).isEqualTo("910-300-600");
        assertThat(carrier()).isNotInstanceOf(Rates.class);
    }

    // ---- giving back

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|{\"items\":[{\"sstatus\":{\"statusCode\":200}},{\"sstatus\":{\"status\":\"200\"}}]}|Done",
                "207|{\"items\":[{\"sstatus\":{\"statusCode\":200}},{\"sstatus\":{\"statusCode\":400,\"detail\":\"already deleted\"}}]}|Done",
                "207|{\"items\":[{\"sstatus\":{\"statusCode\":200}},{\"sstatus\":{\"statusCode\":400,\"detail\":\"Unknown shipment number\"}}]}|label_not_found",
                "200|{\"items\":[{\"sstatus\":{\"statusCode\":200}}]}|Unknown",
                "200|{\"items\":[{\"shipmentNo\":\"1\",\"sstatus\":{\"statusCode\":200}},{\"shipmentNo\":\"1\",\"sstatus\":{\"statusCode\":200}}]}|Unknown",
                "200|{\"status\":{\"title\":\"ok\",\"statusCode\":200}}|Unknown",
                "207|{\"items\":[{\"sstatus\":{\"statusCode\":500}},{}]}|Unknown",
                "400|{\"title\":\"Bad Request\",\"statusCode\":400,\"detail\":\"profile is wrong\"}|unknown",
                "207|{\"items\":[{\"sstatus\":{\"statusCode\":200}},{\"sstatus\":{\"statusCode\":400,\"detail\":\"Please try again later.\"}}]}|Unknown",
                "207|{\"items\":[{\"sstatus\":{\"statusCode\":200}},{\"sstatus\":{\"statusCode\":429,\"title\":\"Too Many Requests\"}}]}|Unknown",
                "400|{\"title\":\"Bad Request\",\"statusCode\":400,\"detail\":\"Please try again later.\"}|Unknown",
                "401|{\"title\":\"Unauthorized\",\"statusCode\":401}|Unknown",
                "404|{\"title\":\"Not found\"}|Unknown"
            })
    void all_of_a_shipments_numbers_are_deleted_or_it_says_why_not(int status, String body, String voided) {
        DHL.voidAnswer = PaketServer.of(status, body);
        Voided answer = ((Voids) carrier()).cancel(new ShipmentId("1+2"), Samples.ref());
        assertThat(
                        answer instanceof Voided.Refused no
                                ? no.reason()
                                : answer.getClass().getSimpleName())
                .isEqualTo(voided);
    }

    // ---- the daily close

    @Test
    void the_day_is_closed_with_its_paper_and_what_is_left_over() {
        Outcome.Bought one = bought(buy(shipment(PDF)));
        Manifests carrier = (Manifests) carrier();
        LocalDate day = LocalDate.of(2026, 11, 25);
        assertThat(carrier.close(List.of(one.id(), new ShipmentId("99")), SHOP, day))
                .isInstanceOfSatisfying(Manifests.Closed.Done.class, done -> {
                    assertThat(done.papers()).extracting(Label.Document::kind).containsExactly("manifest");
                    assertThat(done.left())
                            .extracting(left -> left.shipment().value() + " " + left.words())
                            .containsExactly("99 Unknown shipment number.");
                });
        DHL.paperAnswer = PaketServer.of(500, "");
        assertThat(carrier.close(List.of(one.id()), SHOP, day))
                .isInstanceOfSatisfying(
                        Manifests.Closed.Done.class,
                        done -> assertThat(done.papers()).isEmpty());
        assertThat(carrier.mostInOne() * PaketNumbers.MOST).isLessThanOrEqualTo(30);
    }

    @Test
    void a_paper_of_the_day_that_cannot_be_read_hides_no_other_and_one_may_be_given_by_its_address() {
        Outcome.Bought one = bought(buy(to("Jane Roe", PDF, "1")));
        DHL.paperAnswer = PaketServer.of(
                200,
                "{\"manifest\":[{\"fileFormat\":\"PDF\"},{\"b64\":\"" + PaketServer.PDF + "\"},{\"url\":\"" + DHL.url()
                        + "/label/1.pdf?token=x\"},{\"url\":\"https://example.org/paper\"}]}");
        assertThat(((Manifests) carrier()).close(List.of(one.id()), SHOP, LocalDate.of(2026, 11, 25)))
                .isInstanceOfSatisfying(
                        Manifests.Closed.Done.class,
                        done -> assertThat(done.papers())
                                .extracting(paper -> paper.kind() + " " + paper.format() + " " + paper.size())
                                .containsExactly("manifest PDF A4", "manifest PDF A4"));
    }

    @Test
    void what_was_closed_by_a_call_whose_answer_was_lost_is_known_by_the_days_paper() {
        DHL.closeAnswer = PaketServer.of(207, """
                {"items":[
                  {"shipmentNo":"1","sstatus":{"statusCode":200,"title":"ok","detail":"The shipment has already been manifested."}},
                  {"shipmentNo":"2","sstatus":{"statusCode":200,"title":"ok","detail":"The shipment has already been manifested."}}]}
                """);
        DHL.paperAnswer = PaketServer.of(
                200,
                "{\"manifest\":[{\"b64\":\"" + PaketServer.PDF
                        + "\"}],\"items\":[{\"shipmentNo\":\"1\",\"sheetNo\":\"3\"},{\"shipmentNo\":\"9\",\"sheetNo\":\"3\"}]}");
        assertThat(((Manifests) carrier())
                        .close(List.of(new ShipmentId("1"), new ShipmentId("2")), SHOP, LocalDate.of(2026, 11, 25)))
                .isInstanceOfSatisfying(Manifests.Closed.Done.class, done -> {
                    assertThat(done.papers()).hasSize(1);
                    assertThat(done.left())
                            .containsExactly(new Manifests.Left(
                                    new ShipmentId("2"), "The shipment has already been manifested."));
                });
    }

    @Test
    void what_was_closed_before_is_not_called_refused_while_the_days_paper_cannot_be_read() {
        DHL.closeAnswer = PaketServer.of(
                207,
                "{\"items\":[{\"shipmentNo\":\"1\",\"sstatus\":{\"statusCode\":200,\"detail\":\"already manifested\"}}]}");
        DHL.paperAnswer = PaketServer.of(503, "");
        assertThat(((Manifests) carrier()).close(List.of(new ShipmentId("1")), SHOP, LocalDate.of(2026, 11, 25)))
                .isInstanceOf(Manifests.Closed.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "207|{\"items\":[{\"shipmentNo\":\"1\",\"sstatus\":{\"statusCode\":200,\"detail\":\"The shipment has already been closed.\"}}]}|Refused",
                "207|{\"items\":[{\"shipmentNo\":\"1\",\"sstatus\":{\"statusCode\":400,\"title\":\"No\"}}]}|Refused",
                "400|{\"title\":\"Bad Request\",\"statusCode\":400,\"detail\":\"profile is wrong\"}|Refused",
                "401|{\"title\":\"Unauthorized\"}|Unknown",
                "207|{\"items\":[{\"shipmentNo\":\"1\",\"sstatus\":{\"statusCode\":500,\"title\":\"Internal Server Error\"}}]}|Unknown",
                "207|{\"items\":[{\"shipmentNo\":\"1\",\"sstatus\":{\"statusCode\":429,\"title\":\"Too Many Requests\"}}]}|Unknown",
                "207|{\"items\":[{\"shipmentNo\":\"1\",\"sstatus\":{\"statusCode\":400,\"detail\":\"Please try again later.\"}}]}|Unknown",
                "400|{\"title\":\"Bad Request\",\"statusCode\":400,\"detail\":\"Please try again later.\"}|Unknown",
                "500||Unknown",
                "207|{}|Unknown"
            })
    void a_close_that_closed_nothing_says_so(int status, String body, String closed) {
        DHL.closeAnswer = PaketServer.of(status, body == null ? "" : body);
        assertThat(((Manifests) carrier())
                        .close(List.of(new ShipmentId("1")), SHOP, LocalDate.of(2026, 11, 25))
                        .getClass()
                        .getSimpleName())
                .isEqualTo(closed);
    }

    // ---- following

    @Test
    void what_happened_is_told_in_our_words_by_the_clocks_of_germany() {
        DHL.tracking = tracked(
                NUMBER,
                event("VA", "PARCV", "Announced"),
                event("PO", "SRTED", "Loaded onto the <b>delivery vehicle</b>"),
                event("", "HLDCC", "Ready for pick-up"),
                event("ZU", "DLVRD", "Delivered"));
        List<Tracks.Event> events = ((Tracks) carrier()).track(List.of("340434161094042557"));
        assertThat(events)
                .extracting(event -> event.code() + " " + event.status())
                .containsExactly(
                        "VA PARCV OTHER pending",
                        "PO SRTED OTHER out_for_delivery",
                        "HLDCC OTHER ready_for_pickup",
                        "ZU DLVRD OTHER delivered");
        Tracks.Event loaded = events.get(1);
        assertThat(loaded.trackingNumber()).isEqualTo("340434161094042557");
        assertThat(loaded.text()).isEqualTo("Loaded onto the delivery vehicle");
        assertThat(loaded.place()).isEqualTo("Bonn, Germany");
        assertThat(loaded.at()).isEqualTo("2016-03-17T11:21+01:00");
        String query = DHL.calls("/parcel/de/tracking").get(0).query("xml");
        assertThat(query).contains("appname=\"zt12345\"", "request=\"d-get-piece-detail\"", "language-code=\"en\"");
    }

    @Test
    void a_parcel_on_its_way_back_says_so_and_one_without_events_has_its_status() {
        DHL.tracking = PaketServer.of(200, """
                <data name="piece-shipment-list" code="0"><data name="piece-shipment" error-status="0"
                  piece-code="%s" status-timestamp="18.03.2016 10:02" status="Delivered" ice="DLVRD" ric="OTHER"
                  standard-event-code="ZU" ruecksendung="true"/></data>""".formatted(NUMBER));
        assertThat(((Tracks) carrier()).track(List.of(NUMBER)))
                .singleElement()
                .satisfies(event -> assertThat(event.status()).isEqualTo("return_to_sender"));
    }

    @ParameterizedTest
    @CsvSource({
        "ZF, '', ready_for_pickup",
        "ZF, HLDCC, ready_for_pickup",
        "ZF, DLVRD, delivered",
        "'', CNRFC, ready_for_pickup",
        "'', RETRN, return_to_sender",
        "ZN, RETRN, return_to_sender",
        "AA, RETRN, return_to_sender",
        "'', DLVRF, delivery_failed",
        "'', DSPSD, delivery_failed",
        "BV, DMGDS, delivery_delayed",
        "BV, MSRTD, delivery_delayed",
        "'', CANCL, cancelled"
    })
    void what_goes_otherwise_than_planned_is_told_in_our_words_too(String own, String ice, String status) {
        DHL.tracking = tracked(NUMBER, event(own, ice, "As it went"));
        assertThat(((Tracks) carrier()).track(List.of(NUMBER)))
                .singleElement()
                .satisfies(event -> assertThat(event.status()).isEqualTo(status));
    }

    @Test
    void what_dhl_has_no_code_for_is_told_in_its_words() {
        String damaged =
                event("", "", "The shipment was damaged and is being repacked").replace("OTHER", "");
        DHL.tracking = tracked(
                NUMBER,
                event("AA", "LDTMV", "Processed"),
                damaged.replace("17.03.2016 11:21", "2016-03-17T13:00:00"),
                damaged.replace("17.03.2016 11:21", "2016-03-17T13:00:00Z"),
                event("", "", "").replace("OTHER", ""));
        assertThat(((Tracks) carrier()).track(List.of(NUMBER)))
                .extracting(event -> event.status() + " " + event.text() + " " + event.at())
                .containsExactly(
                        "in_transit Processed 2016-03-17T11:21+01:00",
                        "unknown The shipment was damaged and is being repacked 2016-03-17T13:00+01:00",
                        "unknown The shipment was damaged and is being repacked 2016-03-17T13:00Z");
    }

    @Test
    void an_unknown_number_has_no_events_and_trouble_is_no_answer() {
        DHL.tracking = PaketServer.of(
                200, "<data name=\"piece-shipment-list\" code=\"100\" error=\"No data found\" request-id=\"1\"/>");
        assertThat(((Tracks) carrier()).track(List.of(NUMBER))).isEmpty();
        DHL.tracking = PaketServer.of(200, "<data code=\"5\" error=\"Login failed\"/>");
        assertThatThrownBy(() -> ((Tracks) carrier()).track(List.of(NUMBER))).hasMessageContaining("Login failed");
        for (String body :
                List.of("<data/>", "no xml", "", "<!DOCTYPE d [<!ENTITY e \"x\">]><data code=\"0\">&e;</data>")) {
            DHL.tracking = PaketServer.of(200, body);
            assertThatThrownBy(() -> ((Tracks) carrier()).track(List.of(NUMBER)))
                    .isInstanceOf(RuntimeException.class);
        }
        DHL.tracking = PaketServer.of(401, "{\"title\":\"Unauthorized\"}");
        assertThatThrownBy(() -> ((Tracks) carrier()).track(List.of(NUMBER))).hasMessageContaining("401");
    }

    /** The status of an item is not all it says, and it may be another's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"items\": [{\"shipmentNo\": \"S-1\", \"sstatus\": {\"statusCode\": 200}, \"validationMessages\": [{\"validationMessage\": \"not deleted\", \"validationState\": \"Error\"}]}]}",
                "{\"items\": [{\"shipmentNo\": \"S-2\", \"sstatus\": {\"statusCode\": 200}}]}",
                "{\"items\": [null]}"
            })
    void a_deletion_of_which_an_error_is_told_or_of_another_shipment_is_not_done(String body) {
        Carrier carrier = atStub(aResponse().withStatus(200).withBody(body));

        assertThat(((Voids) carrier).cancel(new ShipmentId("S-1"), Samples.ref()))
                .isInstanceOf(Voids.Voided.Unknown.class);
    }

    @Test
    void many_numbers_are_asked_for_in_few_calls() {
        DHL.tracking = PaketServer.of(200, "<data code=\"100\"/>");
        int before = DHL.calls("/parcel/de/tracking").size();
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 31; i++) {
            many.add("003404341610940425" + (10 + i));
        }
        ((Tracks) carrier()).track(many);
        assertThat(DHL.calls("/parcel/de/tracking").size() - before).isEqualTo(3);
    }

    // ---- settings

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "billingNumber.V01PAK=33333333335301|eleventh and twelfth are 01",
                "returnBillingNumber=1234|07",
                "billingNumber.V99XYZ=33333333330101|billingNumber.V99XYZ",
                "mustEncode=perhaps|mustEncode",
                "postalCharges=much|postalCharges"
            })
    void settings_are_told_by_name(String line, String words) {
        assertThatThrownBy(() -> open(DHL.url(), PaketServer.SECRET, line)).hasMessageContaining(words);
    }

    private CarrierStub.Call lastOrder() {
        List<CarrierStub.Call> calls = DHL.calls("/parcel/de/shipping/v2/orders");
        return calls.get(calls.size() - 1);
    }

    private Outcome buy(Shipment shipment) {
        Carrier carrier = carrier();
        return carrier.buy(carrier.prepare(shipment, Samples.ref()));
    }

    private static Shipment to(String name, LabelRequest label, String... kilograms) {
        Address home = new Address(
                name, null, "Kurt-Schumacher-Str. 20", null, null, "Bonn", null, "53113", "DE", null, null, true, null);
        Shipment shipment = Samples.shipment(home, "paket", label, kilograms);
        return new Shipment(shipment.order(), 1, "paket", SHOP, shipment.parcels(), label);
    }

    private static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder deleted(int status, String words) {
        return PaketServer.of(
                207,
                "{\"items\":[{\"sstatus\":{\"title\":\"x\",\"statusCode\":" + status + ",\"detail\":\"" + words
                        + "\"}}]}");
    }

    private static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder tracked(
            String number, String... events) {
        return PaketServer.of(
                200,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><data name=\"piece-shipment-list\" code=\"0\" request-id=\"1\">"
                        + "<data name=\"piece-shipment\" error-status=\"0\" piece-code=\"" + number + "\">"
                        + "<data name=\"piece-event-list\">" + String.join("", events) + "</data></data></data>");
    }

    private static String event(String code, String ice, String words) {
        return "<data name=\"piece-event\" event-timestamp=\"17.03.2016 11:21\" event-status=\""
                + words.replace("<", "&lt;").replace(">", "&gt;") + "\" ice=\"" + ice
                + "\" ric=\"OTHER\" event-location=\"Bonn\" event-country=\"Germany\" standard-event-code=\"" + code
                + "\" ruecksendung=\"false\"/>";
    }

    private static Carrier open(URI base, String secret, String... more) {
        List<String> lines = new ArrayList<>(List.of(more));
        Map.of(
                        "billingNumber.V01PAK=", "33333333330102",
                        "billingNumber.V53WPAK=", "33333333335301",
                        "apiSecret=", "env:APP_SECRET")
                .forEach((key, value) -> {
                    if (lines.stream().noneMatch(line -> line.startsWith(key))) {
                        lines.add(key + value);
                    }
                });
        lines.addAll(List.of(
                "adapter=dhl-parcel-de",
                "apiKey=env:APP_KEY",
                "username=env:DHL_USER",
                "password=env:DHL_SECRET",
                "trackUsername=env:TRACK_USER",
                "baseUrl=" + base));
        String text = lines.stream().map(line -> "account.dhl." + line).collect(Collectors.joining("\n"));
        Settings settings = Settings.of(
                text,
                Map.of(
                        "DHL_USER", PaketServer.USER,
                        "DHL_SECRET", secret,
                        "APP_KEY", PaketServer.KEY,
                        "APP_SECRET", PaketServer.APP_SECRET,
                        "TRACK_USER", "zt12345"));
        return new Carriers().open("dhl", settings.section("account").section("dhl"));
    }
}
