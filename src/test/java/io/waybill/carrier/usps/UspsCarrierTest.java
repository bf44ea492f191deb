package io.waybill.carrier.usps;

import static io.waybill.carrier.Samples.PDF;
import static io.waybill.carrier.Samples.home;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.CarrierStub;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.Charge;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.PlayedContract;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Samples;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Voids.Voided;
import io.waybill.measure.Money;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Buying, looking up and giving back. What else USPS tells is in {@link UspsAnswersTest}. */
class UspsCarrierTest extends PlayedContract {
    @RegisterExtension
    static final UspsServer USPS = new UspsServer();

    private static final String NUMBER = "9234690361980900001999";

    @Override
    protected CarrierFactory factory() {
        return new UspsFactory();
    }

    @Override
    protected CarrierStub server() {
        return USPS;
    }

    @Override
    protected Carrier carrierAt(URI base) {
        return open(base, UspsServer.SECRET);
    }

    @Override
    protected List<String> essential() {
        return List.of("/trackingNumber");
    }

    @Override
    protected String secret() {
        return UspsServer.SECRET;
    }

    /** A label is one parcel. */
    @Override
    protected Shipment shipment(LabelRequest label) {
        return Samples.shipment(home("Jane Roe"), "ground", label, "1.2");
    }

    /** USPS prints EPL2 for 300 dpi only. */
    @Override
    protected int dpi(String format) {
        return format.equals("EPL2") ? 300 : 203;
    }

    @Override
    protected void stubFreeCalls(WireMockServer server) {
        server.stubFor(WireMock.post("/oauth2/v3/token")
                .willReturn(UspsServer.of(200, "{\"access_token\":\"T1\",\"expires_in\":28799}")));
        server.stubFor(WireMock.post("/payments/v3/payment-authorization")
                .willReturn(UspsServer.of(200, "{\"paymentAuthorizationToken\":\"P1\"}")));
    }

    @Override
    protected Optional<Carrier> stranger() {
        return Optional.of(open(USPS.url(), "another-secret"));
    }

    @Override
    protected Optional<Money> total(Outcome.Bought bought) {
        Reply told = Reply.of(bought.response());
        BigDecimal total = Stream.concat(told.list("extraServices").stream(), told.list("fees").stream())
                .map(part -> part.decimal("price").orElseThrow())
                .reduce(told.decimal("postage").orElseThrow(), BigDecimal::add);
        return Optional.of(Money.of(total.toPlainString(), "USD"));
    }

    @Override
    protected Optional<RefusedVoid> refusedVoid() {
        return Optional.of(new RefusedVoid(
                sold -> USPS.voidAnswer = UspsServer.error(
                        400, "00000XX", "A refund request for this order cannot be submitted", "trackingNumber"),
                "contact_carrier"));
    }

    @Override
    protected Optional<Consumer<String>> unknownCode() {
        return Optional.of(number -> USPS.tracking = UspsServer.of(
                200,
                "{\"trackingNumber\":\"" + number + "\",\"trackingEvents\":[{\"eventType\":\"Beamed up\","
                        + "\"eventCode\":\"ZZ\",\"eventTimestamp\":\"2026-11-24T10:00:00Z\"}]}"));
    }

    @Override
    protected void prices() {
        USPS.options = UspsAnswersTest.options(
                "COMMERCIAL",
                UspsAnswersTest.service(
                        "USPS_GROUND_ADVANTAGE",
                        UspsAnswersTest.option(
                                "'name':'3 Days','expectedDeliveryDate':'2026-11-27'", "NONE", "SP", "7.15", "4.00")),
                UspsAnswersTest.service(
                        "PRIORITY_MAIL",
                        UspsAnswersTest.option(
                                "'name':'2-day','scheduleDeliveryDate':'2026-11-26'", "NONE", "SP", "9.35", "0")));
    }

    @Override
    protected void scans(String number) {
        USPS.tracking = UspsServer.of(
                200,
                "{\"trackingNumber\":\"" + number
                        + "\",\"statusCategory\":\"Delivered\",\"status\":\"Delivered, Porch\",\"trackingEvents\":["
                        + "{\"eventType\":\"DELIVERED, PORCH\",\"eventTimestamp\":\"2026-11-24T12:01:00\","
                        + "\"GMTTimestamp\":\"2026-11-24T18:01:00Z\",\"GMTOffset\":\"-06:00\",\"eventCity\":\"AUSTIN\","
                        + "\"eventState\":\"TX\",\"eventZIP\":\"78701\",\"eventCountry\":null,\"eventCode\":\"01\"},"
                        + "{\"eventType\":\"OUT FOR DELIVERY\",\"eventCode\":\"OF\",\"eventTimestamp\":\"2026-11-24T07:10:00Z\"},"
                        + "{\"eventType\":\"SHIPPING LABEL CREATED, USPS AWAITING ITEM\",\"eventCode\":\"GX\",\"eventTimestamp\":\"2026-11-21T08:00:00Z\"}]}");
    }

    @Override
    protected void closes(List<ShipmentId> ids) {
        USPS.scanForm = UspsServer.of(
                201,
                "{\"SCANFormMetadata\":{\"manifestNumber\":\"92750903824321000000000111\",\"trackingNumbers\":[\""
                        + ids.get(0).value() + "\"]},\"SCANFormImage\":\"JVBERi0xLjQKJSVFT0YK\"}");
    }

    // ---- who calls and who pays

    @Test
    void both_tokens_are_asked_for_once_and_used_by_every_call() {
        Carrier carrier = carrier();
        int callers = USPS.calls("/oauth2").size();
        int payers = USPS.calls("/payments").size();
        bought(carrier.buy(carrier.prepare(to("Jane Roe"), Samples.ref())));
        bought(carrier.buy(carrier.prepare(to("Jane Roe"), Samples.ref())));
        assertThat(USPS.calls("/oauth2")).hasSize(callers + 1);
        assertThat(USPS.calls("/payments")).hasSize(payers + 1);
        assertThat(USPS.calls("/payments").get(payers).text())
                .isEqualTo("{\"roles\":[{\"roleName\":\"PAYER\",\"CRID\":\"56982563\",\"MID\":\"904128936\","
                        + "\"manifestMID\":\"904128937\",\"accountType\":\"EPS\",\"accountNumber\":\"1000405525\"},"
                        + "{\"roleName\":\"LABEL_OWNER\",\"CRID\":\"56982563\",\"MID\":\"904128936\","
                        + "\"manifestMID\":\"904128937\"}]}");
    }

    @Test
    void an_ended_token_sells_nothing_and_the_next_purchase_has_new_ones() {
        Carrier carrier = carrier();
        bought(carrier.buy(carrier.prepare(to("Jane Roe"), Samples.ref())));
        USPS.endedTokens.add("T" + USPS.calls("/oauth2").size());
        assertThat(carrier.buy(carrier.prepare(to("Jane Roe"), Samples.ref()))).isInstanceOf(Outcome.NotSent.class);
        bought(carrier.buy(carrier.prepare(to("Jane Roe"), Samples.ref())));
    }

    @Test
    void a_payment_account_that_is_refused_sells_nothing_and_says_why() {
        USPS.payment = UspsServer.error(400, "020001", "The EPS account is not active", "roles[0].accountNumber");
        assertThat(buy(to("Jane Roe")))
                .isInstanceOfSatisfying(
                        Outcome.NotSent.class,
                        not -> assertThat(not.why()).isEqualTo("no token: HTTP 400: The EPS account is not active"));
    }

    @ParameterizedTest
    @CsvSource({"403,", "400,Header: X-Payment-Authorization-Token"})
    void a_payment_token_that_is_refused_is_asked_for_anew(int status, @Nullable String parameter) {
        Carrier carrier = carrier();
        bought(carrier.buy(carrier.prepare(to("Jane Roe"), Samples.ref())));
        int payers = USPS.calls("/payments").size();
        USPS.instead =
                UspsServer.error(status, "1", "The payment is not authorized", parameter == null ? "" : parameter);
        assertThat(carrier.buy(carrier.prepare(to("Jane Roe"), Samples.ref()))).isInstanceOf(Outcome.NotSent.class);
        USPS.instead = null;
        bought(carrier.buy(carrier.prepare(to("Jane Roe"), Samples.ref())));
        assertThat(USPS.calls("/payments")).hasSize(payers + 1);
    }

    // ---- buying

    @ParameterizedTest
    @EnumSource(UspsServer.Form.class)
    void one_json_and_parts_are_read_alike_whatever_was_asked_for(UspsServer.Form form) {
        USPS.form = form;
        for (Shipment shipment : List.of(to("Jane Roe"), back(), UspsRequestsTest.abroad("Jörg Müller", PDF), fine())) {
            Outcome.Bought bought = bought(buy(shipment));
            assertThat(bought.numbers())
                    .containsExactly(
                            new ExternalNumber("tracking", 1, bought.id().value()));
            assertThat(bought.label().orElseThrow().documents())
                    .singleElement()
                    .satisfies(document -> assertThat(document.format())
                            .isEqualTo(shipment.label().format()));
        }
    }

    @Test
    void the_price_is_postage_extra_services_and_fees_and_nothing_else() {
        assertThat(bought(buy(to("Jane Roe"))).charges())
                .extracting(charge -> charge.code() + " " + charge.type() + " " + charge.amount())
                .containsExactly(
                        "BASE shipping 8.4 USD",
                        "DXIX0XXXXCX0100 insurance 2.75 USD",
                        "D811XUCXXXX0000 oversize 4.0 USD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fees", "extraServices", "both are objects", "numbers are strings", "nulls"})
    void what_is_told_of_a_label_is_read_as_it_comes(String how) {
        USPS.metadata = told -> {
            switch (how) {
                case "both are objects" -> {
                    told.set("fees", told.path("fees").path(0));
                    told.set("extraServices", told.path("extraServices").path(1));
                }
                case "numbers are strings" ->
                    told.put("postage", "8.40").put("trackingNumber", "9234 6903 6198 0900 0012 34");
                case "nulls" ->
                    told.putNull("fees")
                            .putNull("extraServices")
                            .putNull("zone")
                            .putNull("commitment");
                default -> told.remove(how);
            }
            return told;
        };
        Outcome.Bought bought = bought(buy(to("Jane Roe")));
        assertThat(bought.id().value()).matches("\\d{22}");
        assertThat(bought.charges().get(0).amount().amount()).isEqualByComparingTo("8.4");
    }

    @Test
    void a_price_that_is_written_for_people_is_read() {
        USPS.metadata = told -> {
            told.remove(List.of("extraServices", "fees"));
            return told.put("postage", "$8.90");
        };
        assertThat(bought(buy(to("Jane Roe"))).charges())
                .extracting(charge -> charge.type() + " " + charge.amount())
                .containsExactly("shipping 8.90 USD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"on request", ""})
    void a_part_without_a_price_hides_none_that_has_one_and_is_told(String price) {
        USPS.metadata = told -> {
            told.putArray("fees").addObject().put("name", "Nonstandard").put("price", price);
            return told;
        };
        Outcome.Bought bought = bought(buy(to("Jane Roe")));
        assertThat(bought.charges())
                .extracting(charge -> charge.code() + " " + charge.amount())
                .containsExactly("BASE 8.4 USD", "DXIX0XXXXCX0100 2.75 USD");
        assertThat(bought.said()).isEqualTo("no price is told of Nonstandard");
    }

    @Test
    void a_label_without_a_price_has_no_charges() {
        USPS.metadata = told -> told.remove(List.of("postage"));
        assertThat(bought(buy(to("Jane Roe"))).charges()).isEmpty();
    }

    @Test
    void what_usps_warns_of_an_extra_service_though_it_sold_is_told() {
        USPS.metadata = told -> {
            ((ObjectNode) told.path("extraServices").path(0))
                    .putArray("warnings")
                    .addObject()
                    .put("warningCode", "001")
                    .put("warningDescription", "No contract rate was found.");
            return told;
        };
        assertThat(bought(buy(to("Jane Roe"))).said()).isEqualTo("001 No contract rate was found.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut picture", "no picture", "no label", "not base 64"})
    void a_label_that_cannot_be_read_does_not_undo_the_sale_and_is_printed_again(String how) {
        USPS.form = UspsServer.Form.PARTS;
        USPS.parts = body -> {
            int picture = body.indexOf("\r\n\r\n", body.indexOf("labelImage")) + 4;
            String end = body.substring(body.lastIndexOf("\r\n--"));
            return switch (how) {
                case "cut picture" -> body.substring(0, picture + (body.length() - picture) / 8 * 4);
                case "no picture" -> body.substring(0, body.indexOf("\r\n--", 10) + 2);
                case "no label" -> body.substring(0, picture) + "bm8gcGljdHVyZQ==" + end;
                default -> body.substring(0, picture) + "JVBERi0x=A" + end;
            };
        };
        Outcome.Bought bought = bought(buy(to("Jane Roe")));
        assertThat(bought.label()).isEmpty();
        assertThat(carrier().fetch(bought.id(), new LabelRequest("ZPL", "4x6", 203)))
                .isInstanceOfSatisfying(
                        Fetched.Ready.class,
                        ready -> assertThat(ready.label().documents())
                                .singleElement()
                                .satisfies(document ->
                                        assertThat(document.format()).isEqualTo("ZPL")));
    }

    @Test
    void a_receipt_is_kept_beside_its_label() {
        USPS.metadata = told -> told.put("receiptImage", "XlhBXkZEUkVDRUlQVF5GU15YWg==");
        assertThat(bought(buy(to("Jane Roe"))).label().orElseThrow().documents())
                .extracting(document -> document.kind() + " " + document.parcel() + " " + document.format())
                .containsExactly("shipping_label 1 PDF", "receipt 0 ZPL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "401|{'error':{'code':'401','message':'Unauthorized','errors':[]}}|NotSent|Unauthorized",
                "401|{'error':'invalid_token','error_description':'Token has expired'}|NotSent|Token has expired",
                "403|{'apiVersion':'/labels/v3','error':{'code':'403','message':'Access is denied'}}|NotSent|Access is denied",
                "400|{'error':'invalid_scope','error_description':'No such scope'}|NotSent|No such scope",
                "400|{'fault':{'faultstring':'Invalid access token','detail':{'errorcode':'oauth.v2.InvalidAccessToken'}}}|NotSent|Invalid access token",
                "400|{'error':{'code':'400','errors':[{'detail':'The token has expired','source':{'parameter':'Header: X-Payment-Authorization-Token'}}]}}|NotSent|The token has expired",
                "400|{'error':{'code':'400','message':'Bad Request','errors':{'code':160115,'detail':'City is invalid'}}}|Refused|City is invalid",
                "400|{'error':{'code':'400','message':'Bad Request','errors':[{'title':'One'},{'detail':'Two','title':'x'}]}}|Refused|One; Two",
                "400|{'error':{'code':'400','message':'Nothing more is told'}}|Refused|Nothing more is told",
                "400|{'error':{'code':'400','errors':['a bare text']}}|Refused|a bare text",
                "402|{'error':{'code':'402','message':'Payment is required'}}|NotSent|Payment is required",
                "422|{'error':{'errors':[{'detail':'The account has insufficient funds.'}]}}|NotSent|insufficient funds",
                "422|{'error':{'errors':[{'detail':'The mail class does not take it'}]}}|Refused|mail class",
                "400|{'fault':{'faultstring':'OASValidation failed: [ERROR - too heavy]','detail':{'errorcode':'steps.oasvalidation.Failed'}}}|Refused|OASValidation",
                "400|{'fault':{'faultstring':'Unexpected EOF at target','detail':{'errorcode':'messaging.adaptors.http.flow.UnexpectedEOFAtTarget'}}}|Unknown|EOF",
                "400|{'fault':{'faultstring':'Something else'}}|Unknown|Something else",
                "400|{'error':{'errors':[{'detail':'The key was used with another payload','source':{'parameter':'Header: X-Idempotency-Key'}}]}}|Unknown|another payload",
                "400|{'error':{'errors':[{'detail':'The key was used already','source':{'parameter':'Header: X-Idempotency-Key'}},{'detail':'The account has insufficient funds.'}]}}|Unknown|used already",
                "400|{'error':{'errors':[{'detail':'We have trouble, please try again later'}]}}|Unknown|try again",
                "400|{'error':{'errors':[{'detail':'The X-Idempotency-Key was used for another request.'}]}}|Unknown|used for",
                "400|{'error':{'errors':[{'title':'Duplicate request'}]}}|Unknown|Duplicate",
                "400|{'error':{'errors':[{'detail':'Labels are temporarily unavailable.'}]}}|Unknown|unavailable",
                "404|{'error':{'code':'404','message':'Not Found'}}|Unknown|Not Found",
                "409|{'error':{'code':'409','message':'Conflict'}}|Unknown|Conflict",
                "400|{'message':'no family we know'}|Unknown|cannot be read",
                "400|<html>no such page</html>|Unknown|cannot be read"
            })
    void every_family_of_errors_is_read(int status, String body, String outcome, String words) {
        USPS.instead = UspsServer.of(status, body.replace('\'', '"'));
        Outcome answer = buy(to("Jane Roe"));
        assertThat(answer.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(answer.<String>fold(sale -> "", Outcome.Refused::words, Outcome.NotSent::why, Outcome.Unknown::why))
                .contains(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "toAddress.ZIPCode|/shipTo/postalCode",
                "body.fromAddress.streetAddress|/shipFrom/line1",
                "$.toAddress.lastName|/shipTo/name",
                "toAddress|/shipTo",
                "packageDescription.weight|/parcels/0/weight",
                "packageDescription.extraServices[0]|/options",
                "packageDescription.packageOptions.packageValue|/options/insuredValue",
                "imageInfo.imageType|/label/format",
                "customsForm.contents[1].itemTotalWeight|/items/1/weight",
                "customsForm.contents[0]|/items/0",
                "contents.HSTariffNumber|/items",
                "customsForm|/customs",
                "MAILCLASS|/service",
                "city|",
                "somethingNew|",
                "|"
            })
    void a_refusal_points_at_our_field(@Nullable String parameter, @Nullable String pointer) {
        USPS.instead = UspsServer.error(400, "1", "No.", parameter == null ? "" : parameter);
        assertThat(buy(to("Jane Roe")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, no -> assertThat(no.pointer()).isEqualTo(pointer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n ", "\uFEFF"})
    void an_error_in_a_200_is_a_refusal_whatever_stands_before_it(String before) {
        USPS.instead = UspsServer.of(200, before + "{\"error\":{\"code\":\"400\",\"message\":\"No such address.\"}}");
        assertThat(buy(to("Jane Roe")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, no -> assertThat(no.words()).isEqualTo("No such address."));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400})
    void why_nobody_may_pay_is_told_in_usps_own_words(int status) {
        USPS.payment = UspsServer.of(
                status,
                "{\"body\":\"The CRID is not enrolled.\",\"roles\":[{\"roleName\":\"LABEL_OWNER\",\"CRID\":\"1\"}]}");
        Carrier anew = open(USPS.url(), UspsServer.SECRET);
        assertThat(anew.buy(anew.prepare(to("Jane Roe"), Samples.ref())))
                .isInstanceOfSatisfying(
                        Outcome.NotSent.class, no -> assertThat(no.why()).contains("The CRID is not enrolled."));
    }

    @Test
    void a_request_that_does_not_fit_the_document_points_at_our_field_too() {
        USPS.instead = UspsServer.of(
                400,
                "{\"fault\":{\"faultstring\":\"OASValidation OpenAPI-Spec-Validation-Labels: failed with reason: "
                        + "[ERROR - [Path '/toAddress/state'] ECMA 262 regex does not match]\","
                        + "\"detail\":{\"errorcode\":\"steps.oasvalidation.Failed\"}}}");
        assertThat(buy(to("Jane Roe"))).isInstanceOfSatisfying(Outcome.Refused.class, no -> {
            assertThat(no.code()).isEqualTo("steps.oasvalidation.Failed");
            assertThat(no.pointer()).isEqualTo("/shipTo/state");
        });
    }

    @Test
    void a_carrier_that_does_not_answer_in_time_may_have_sold() {
        Carrier hasty = open(USPS.url(), UspsServer.SECRET, "answerTimeout=300ms");
        await("its tokens")
                .until(() -> hasty.buy(hasty.prepare(to("Jane Roe"), Samples.ref())) instanceof Outcome.Bought);
        USPS.instead = UspsServer.of(200, "{}").withFixedDelay(2_000);
        assertThat(hasty.buy(hasty.prepare(to("Jane Roe"), Samples.ref()))).isInstanceOf(Outcome.Unknown.class);
    }

    // ---- looking up

    @Test
    void a_lost_purchase_is_found_by_its_key_wherever_it_went() {
        Carrier carrier = carrier();
        for (Shipment lost : List.of(to("LOSE Jane"), UspsRequestsTest.abroad("LOSE Müller", PDF))) {
            Ref ref = Samples.ref();
            Prepared prepared = carrier.prepare(lost, ref);
            assertThat(carrier.buy(prepared)).isInstanceOf(Outcome.Unknown.class);
            assertThat(carrier.find(ref)).isInstanceOfSatisfying(Found.Sold.class, sold -> {
                assertThat(sold.bought().charges()).extracting(Charge::type).contains("shipping");
                assertThat(sold.bought().label())
                        .as("it is printed in its format when it is wanted")
                        .isEmpty();
            });
        }
    }

    @Test
    void refs_of_one_shipment_cost_one_reprint_together() {
        Carrier carrier = carrier();
        UUID key = UUID.randomUUID();
        bought(carrier.buy(carrier.prepare(to("Jane Roe"), new Ref("WBX-1", key, "SO-1"))));
        int before = USPS.calls("/labels/v3/label-reprint").size();
        for (int attempt = 1; attempt <= 4; attempt++) {
            assertThat(carrier.find(new Ref("WBX-" + attempt, key, "SO-1"))).isInstanceOf(Found.Sold.class);
        }
        assertThat(USPS.calls("/labels/v3/label-reprint")).hasSize(before + 1);
    }

    @Test
    void what_a_key_found_is_remembered_for_a_minute_and_nothing_is_not() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        AtomicInteger asked = new AtomicInteger();
        Outcome.Bought sale = bought(buy(to("Jane Roe")));
        UspsLookUp lookUp = new UspsLookUp(
                ref -> asked.incrementAndGet() == 1 ? new Found.Nothing() : new Found.Sold(sale), now::get);
        Ref ref = Samples.ref();
        assertThat(lookUp.find(ref)).isInstanceOf(Found.Nothing.class);
        assertThat(lookUp.find(ref)).isInstanceOf(Found.Sold.class);
        now.addAndGet(59_000_000_000L);
        lookUp.find(ref);
        assertThat(asked).hasValue(2);
        now.addAndGet(2_000_000_000L);
        lookUp.find(ref);
        assertThat(asked).hasValue(3);
        lookUp.forget(ref);
        lookUp.find(ref);
        assertThat(asked).hasValue(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|160412|Idempotency-Key not found for a mailing date within the last 14 days|Nothing",
                "400|999|Idempotency-Key not found|Nothing",
                "400|160979|Canceled labels are unavailable for reprint|Unreachable",
                "400|777|Label has reached its reprint limit|Untold",
                "400|778|Labels cannot be printed past the mailing date|Untold",
                "400|779|Something nobody announced|Unreachable",
                "403|780|Access is denied|Unreachable",
                "503|781|Service is unavailable|Unreachable"
            })
    void only_a_key_that_usps_does_not_know_is_nothing(int status, String code, String words, String found) {
        USPS.reprintAnswer = UspsServer.error(status, code, words, "trackingNumber");
        assertThat(carrier().find(Samples.ref()).getClass().getSimpleName()).isEqualTo(found);
    }

    @Test
    void an_account_without_the_right_to_labels_abroad_has_bought_none() {
        USPS.reprintAbroad = UspsServer.of(403, "{\"error\":{\"code\":\"403\",\"message\":\"Access is denied\"}}");
        assertThat(carrier().find(Samples.ref())).isInstanceOf(Found.Nothing.class);
        USPS.reprintAbroad = UspsServer.of(503, "{}");
        assertThat(carrier().find(Samples.ref())).isInstanceOf(Found.Unreachable.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "160979|Canceled labels are unavailable for reprint|Gone",
                "777|Label has reached its reprint limit|Gone",
                "777|The maximum number of reprints has been reached|Gone",
                "777|This label has been reprinted more than 3 times|Gone",
                "778|The mailing date of this label has passed|Gone",
                "779|Label was previously canceled|Gone",
                "404|No resource found for POST /labels/v3/label-reprint|NotYet",
                "404|No resource found for POST /labels/v3/label-reprint/limit|NotYet",
                "780|Reprint is temporarily unavailable, please try again later|NotYet",
                "780|Reprint limit service is busy, try again|NotYet",
                "780|Reprint failed|NotYet",
                "780|label-reprint.yaml: imageInfo exceeds maximum length|NotYet",
                "780|Invalid mailing date|NotYet",
                "160378|Tracking number not found|NotYet",
                "779|Something nobody announced|NotYet"
            })
    void a_label_is_gone_only_when_usps_says_that_it_is_never_printed_again(String code, String words, String fetched) {
        USPS.reprintAnswer = UspsServer.error(400, code, words, "trackingNumber");
        assertThat(carrier().fetch(new ShipmentId(NUMBER), PDF).getClass().getSimpleName())
                .isEqualTo(fetched);
    }

    @Test
    void what_the_gateway_says_of_its_own_documents_tells_nothing_of_a_label() {
        USPS.reprintAnswer = UspsServer.of(
                400,
                "{\"fault\":{\"faultstring\":\"OASValidation label-reprint.yaml failed: reprint of canceled label, "
                        + "limit exceeded\",\"detail\":{\"errorcode\":\"steps.oasvalidation.Failed\"}}}");
        assertThat(carrier().fetch(new ShipmentId(NUMBER), PDF)).isInstanceOf(Fetched.NotYet.class);
        assertThat(carrier().find(Samples.ref())).isInstanceOf(Found.Unreachable.class);
        USPS.voidAnswer = UspsServer.of(
                400, "{\"fault\":{\"faultstring\":\"cancel.yaml not found\",\"detail\":{\"errorcode\":\"steps.x\"}}}");
        assertThat(cancel()).isInstanceOf(Voided.Unknown.class);
    }

    // ---- giving back

    @ParameterizedTest
    @CsvSource({"CANCELED,", "Label Canceled,", "canceled,7"})
    void a_canceled_label_is_given_back(String status, @Nullable String dispute) {
        USPS.voidAnswer = voided(status, dispute);
        assertThat(cancel()).isEqualTo(new Voided.Done(null));
    }

    @ParameterizedTest
    @CsvSource({"DISPUTED,103789", "Refund Submitted,103789", "'',103789"})
    void a_refund_is_pending_with_the_number_of_its_dispute(String status, String dispute) {
        USPS.voidAnswer = voided(status, dispute);
        assertThat(cancel()).isEqualTo(new Voided.Pending("refund submitted, dispute 103789"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOT CANCELED",
                "Label cannot be canceled",
                "CANCELLATION REQUESTED",
                "CANCEL_FAILED",
                "REFUND DENIED"
            })
    void a_status_that_says_of_no_canceled_label_gives_none_back(String status) {
        USPS.voidAnswer = voided(status, null);
        assertThat(cancel()).isInstanceOf(Voided.Unknown.class);
    }

    @Test
    void a_status_nobody_announced_is_asked_again() {
        USPS.voidAnswer = voided("PENDING", null);
        assertThat(cancel()).isEqualTo(new Voided.Unknown("the label's status is PENDING"));
        USPS.voidAnswer = UspsServer.of(403, "{\"error\":{\"code\":\"403\",\"message\":\"Access is denied\"}}");
        assertThat(cancel()).isInstanceOf(Voided.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({
        "00000XX,A refund request for this order has already been submitted today,label_already_voided",
        "00000XX,Order not found,label_not_found",
        "160378,whatever it says,label_not_found",
        "00000XX,Label was previously canceled,label_already_voided",
        "00000XX,The label has previously been canceled,label_already_voided",
        "00000XX,Bad Request: Order cannot be canceled,void_period_over",
        "404,No resource found for DELETE /labels/v3/label,unknown",
        "404,Resource not found,unknown",
        "00000XX,A refund request for this order cannot be submitted,contact_carrier",
        "199999,No.,unknown"
    })
    void a_void_is_refused_with_a_reason(String code, String words, String reason) {
        USPS.voidAnswer = UspsServer.error(400, code, words, "trackingNumber");
        assertThat(cancel()).isEqualTo(new Voided.Refused(reason, words));
    }

    @Test
    void an_error_beside_a_label_or_a_canceled_one_undoes_neither() {
        String error = ",\"error\":{\"code\":\"400\",\"message\":\"The receipt cannot be drawn\"}}";
        USPS.instead = UspsServer.of(200, "{\"labelMetadata\":{\"trackingNumber\":\"9400100000000000000001\"}" + error);
        assertThat(bought(buy(to("Jane Roe"))).id()).isEqualTo(new ShipmentId("9400100000000000000001"));
        USPS.instead = null;
        USPS.voidAnswer = UspsServer.of(200, "{\"status\":\"CANCELED\"" + error);
        assertThat(cancel()).isEqualTo(new Voided.Done(null));
    }

    @Test
    void an_error_that_comes_as_a_success_is_no_less_an_error() {
        USPS.voidAnswer = UspsServer.error(200, "00000XX", "Order not found", "trackingNumber");
        assertThat(cancel()).isEqualTo(new Voided.Refused("label_not_found", "Order not found"));
        USPS.reprintAnswer = UspsServer.error(200, "160412", "No such key", "trackingNumber");
        assertThat(carrier().find(Samples.ref())).isEqualTo(new Found.Nothing());
        USPS.reprintAnswer = UspsServer.error(200, "777", "Label has reached its reprint limit", "trackingNumber");
        assertThat(carrier().fetch(new ShipmentId("9400100000000000000001"), PDF))
                .isEqualTo(new Fetched.Gone("Label has reached its reprint limit"));
    }

    @Test
    void a_label_is_given_back_where_it_was_bought_by_its_number_or_by_its_key() {
        Carrier carrier = carrier();
        Voids voids = (Voids) carrier;
        for (Shipment shipment : List.of(to("Jane Roe"), UspsRequestsTest.abroad("Jörg Müller", PDF))) {
            Outcome.Bought bought = bought(carrier.buy(carrier.prepare(shipment, Samples.ref())));
            assertThat(voids.cancel(bought.id(), Samples.ref())).isEqualTo(new Voided.Done(null));

            Ref lost = Samples.ref();
            bought(carrier.buy(carrier.prepare(shipment, lost)));
            assertThat(voids.cancel(new ShipmentId(lost.value()), lost)).isEqualTo(new Voided.Done(null));
            assertThat(voids.cancel(new ShipmentId(lost.purchaseKey().toString()), lost))
                    .isEqualTo(new Voided.Refused("label_already_voided", "Label has already been canceled"));
        }
        Ref never = Samples.ref();
        assertThat(voids.cancel(new ShipmentId(never.value()), never))
                .isEqualTo(new Voided.Refused("label_not_found", "Order not found"));
    }

    // ---- settings

    @ParameterizedTest
    @CsvSource({
        "mid=12345,mailer ID",
        "manifestMid=12,mailer ID",
        "crid=x,customer registration",
        "accountType=CASH,EPS",
        "prices=retail,contract",
        "accountType=PERMIT,permitZip",
        "scope=labels,scope"
    })
    void a_setting_that_cannot_be_is_refused_by_name(String setting, String words) {
        assertThatThrownBy(() -> open(USPS.url(), UspsServer.SECRET, setting))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(words);
    }

    @Test
    void an_account_with_prices_of_its_own_says_who_holds_them() {
        Carrier agreed = open(USPS.url(), UspsServer.SECRET, "prices=contract");
        bought(agreed.buy(agreed.prepare(to("Jane Roe"), Samples.ref())));
        JsonNode roles = payment().path("roles");
        assertThat(roles.findValuesAsText("roleName")).containsExactly("PAYER", "RATE_HOLDER", "LABEL_OWNER");
        assertThat(roles.path(1).path("accountNumber")).isEqualTo(roles.path(0).path("accountNumber"));
        assertThat(roles.path(1).path("CRID")).isEqualTo(roles.path(0).path("CRID"));
        Carrier list = open(USPS.url(), UspsServer.SECRET);
        bought(list.buy(list.prepare(to("Jane Roe"), Samples.ref())));
        assertThat(payment().path("roles").findValuesAsText("roleName")).containsExactly("PAYER", "LABEL_OWNER");
    }

    private static JsonNode payment() {
        List<CarrierStub.Call> calls = USPS.calls("/payments");
        return calls.get(calls.size() - 1).json();
    }

    @Test
    void a_permit_pays_with_its_zip_code() {
        UspsSettings.Payer permit = new UspsSettings.Payer("1234567", "123456", "123456", "PERMIT", "21", "20260");
        assertThat(new String(UspsTokens.roles(permit, false), StandardCharsets.UTF_8))
                .contains("\"accountType\":\"PERMIT\",\"permitNumber\":\"21\",\"permitZIP\":\"20260\"");
    }

    private Voided cancel() {
        return ((Voids) carrier()).cancel(new ShipmentId(NUMBER), Samples.ref());
    }

    private static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder voided(
            String status, @Nullable String dispute) {
        return UspsServer.of(
                200,
                "{\"trackingNumber\":\"" + NUMBER + "\",\"status\":\"" + status + "\""
                        + (dispute == null ? "" : ",\"disputeId\":" + dispute) + "}");
    }

    private Outcome buy(Shipment shipment) {
        Carrier carrier = carrier();
        return carrier.buy(carrier.prepare(shipment, Samples.ref()));
    }

    private static Shipment to(String name) {
        return Samples.shipment(home(name), "ground", PDF, "1.2");
    }

    private static Shipment fine() {
        return Samples.shipment(home("Jane Roe"), "ground", new LabelRequest("ZPL", "4x6", 300), "1.2");
    }

    private static Shipment back() {
        return UspsRequestsTest.with(to("Jane Roe"), "options", "{\"isReturn\":true}");
    }

    /** An account at this address. */
    static Carrier open(URI base, String secret, String... more) {
        StringBuilder text = new StringBuilder("account.u.adapter=usps\n");
        Map<String, String> settings = new java.util.TreeMap<>(
                Map.of("crid", "56982563", "mid", "904128936", "manifestMid", "904128937", "number", "1000405525"));
        for (String line : more) {
            settings.put(line.split("=")[0], line.split("=")[1]);
        }
        settings.forEach((key, value) ->
                text.append("account.u.").append(key).append('=').append(value).append('\n'));
        text.append("account.u.baseUrl=").append(base).append('\n');
        text.append("account.u.clientId=env:USPS_ID\naccount.u.clientSecret=env:USPS_SECRET\n");
        Settings all = Settings.of(text.toString(), Map.of("USPS_ID", UspsServer.ID, "USPS_SECRET", secret));
        return new Carriers().open("u", all.section("account").section("u"));
    }
}
