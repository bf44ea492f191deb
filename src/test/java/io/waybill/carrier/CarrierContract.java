package io.waybill.carrier;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.waybill.FreePort;
import io.waybill.measure.Money;
import io.waybill.order.Json;
import io.waybill.order.Order;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * What every adapter proves, because the purchase protocol rests on it. An adapter's test extends this, says how to open
 * an account at a server that sells ({@link #carrier}) and at a server of ours that misbehaves ({@link #carrierAt}), and
 * overrides the capabilities its carrier has. What is not overridden is skipped.
 */
public abstract class CarrierContract {
    private static WireMockServer stub;

    /** What makes the adapter known. */
    protected abstract CarrierFactory factory();

    /** An account at a server that sells. */
    protected abstract Carrier carrier();

    /** An account of the same settings at another address. */
    protected abstract Carrier carrierAt(URI base);

    /** A text that is in every authorized call and must never be in prepared bytes. */
    protected abstract String secret();

    /** Stubs what the carrier answers to calls that cost nothing, such as a token, so that the purchase is reached. */
    protected void stubFreeCalls(WireMockServer server) {}

    protected Shipment shipment(LabelRequest label) {
        return Samples.shipment(Samples.home("Jane Roe"), "ground", label, "1.2", "3");
    }

    /** A shipment the carrier refuses, naming a field. */
    protected Optional<Shipment> refused() {
        return Optional.empty();
    }

    /** A shipment the carrier sells without its answer ever arriving. */
    protected Optional<Shipment> soldAndLost() {
        return Optional.empty();
    }

    /** The total as the raw answer states it. */
    protected Optional<Money> total(Outcome.Bought bought) {
        return Optional.empty();
    }

    /** JSON pointers into the answer to a purchase, as patterns: what no sale is known without. */
    protected List<String> essential() {
        return List.of();
    }

    /** What a label of this format is asked for. */
    protected int dpi(String format) {
        return 203;
    }

    /** What it says of itself; of a carrier that is described in a file, what the file says. */
    private CarrierFacts facts() {
        return carrier() instanceof Described described
                ? described.facts()
                : factory().facts();
    }

    private String carrierId() {
        return carrier() instanceof Described described
                ? described.carrierId()
                : factory().id();
    }

    private List<String> formats() {
        return facts().formats();
    }

    /** A sale whose void the carrier refuses, once it was made; and the reason of it. */
    protected Optional<RefusedVoid> refusedVoid() {
        return Optional.empty();
    }

    /** @param sold makes it so that the void of this sale is refused */
    public record RefusedVoid(Consumer<Outcome.Bought> sold, String reason) {}

    /** An account at the server that sells, with credentials it does not know. */
    protected Optional<Carrier> stranger() {
        return Optional.empty();
    }

    /** A tracking number whose events hold a code no table has, once the server has sold it. */
    protected Optional<Consumer<String>> unknownCode() {
        return Optional.empty();
    }

    @Test
    void it_says_how_many_parcels_a_purchase_takes_and_refuses_more() {
        Shipment one =
                shipment(new LabelRequest(formats().get(0), "4x6", dpi(formats().get(0))));
        int most = carrier().parcelsPerPurchase(one);
        assertThat(most).isPositive();
        assumeTrue(most < 1_000, "takes any number");
        Shipment more = withParcels(one, most + 1);

        assertThatThrownBy(() -> carrier().prepare(more, Samples.ref()))
                .isInstanceOfSatisfying(RefusedException.class, no -> {
                    assertThat(no.problem("it").code()).isEqualTo("carrier-too-many-parcels");
                    assertThat(no.pointer()).isEqualTo("/parcels");
                });
    }

    static Shipment withParcels(Shipment one, int parcels) {
        return new Shipment(
                one.order(),
                one.seq(),
                one.service(),
                one.shipFrom(),
                Collections.nCopies(parcels, one.parcels().get(0)),
                one.label());
    }

    @BeforeAll
    static void startStub() {
        stub = new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
        stub.start();
    }

    @AfterAll
    static void stopStub() {
        stub.stop();
    }

    @BeforeEach
    void resetStub() {
        stub.resetAll();
    }

    @Test
    void a_service_it_has_under_no_name_is_refused_without_a_shipment_too() {
        Carrier carrier = carrier();
        assertThatCode(() -> carrier.services().code(shipment(Samples.PDF).service()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> carrier.services().code("no such service"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("no such service");
    }

    @Test
    void the_same_shipment_and_ref_are_prepared_to_the_same_bytes() {
        Ref ref = Samples.ref();
        assertThat(carrier().prepare(shipment(Samples.PDF), ref).bytes())
                .isEqualTo(carrier().prepare(shipment(Samples.PDF), ref).bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "company", "city", "postalCode", "phone"})
    void who_gets_a_parcel_and_where_is_told_whole_or_refused_at_its_field(String field) {
        String whole = "1234567890".repeat(40);
        Shipment toSomebody = toWhom(shipment(Samples.PDF), field, whole);
        try {
            Prepared prepared = carrier().prepare(toSomebody, Samples.ref());
            assertThat(new String(prepared.bytes(), StandardCharsets.UTF_8).replace(whole, ""))
                    .doesNotContain("1234567890");
        } catch (RefusedException no) {
            assertThat(no.pointer()).isEqualTo("/shipTo/" + field);
        }
    }

    private static Shipment toWhom(Shipment one, String field, String text) {
        JsonNode order = Json.kept(Json.text(one.order()));
        ((ObjectNode) order.path("shipTo")).put(field, text);
        Order toSomebody = Json.kept(Json.text(order), Order.class);
        return new Shipment(toSomebody, one.seq(), one.service(), one.shipFrom(), one.parcels(), one.label());
    }

    @Test
    void whoever_says_that_it_prepares_alone_asks_nobody_and_whoever_does_not_asks() {
        stubFreeCalls(stub);
        Carrier carrier = carrierAt(URI.create(stub.baseUrl()));

        Throwable unanswered = catchThrowable(() -> carrier.prepare(shipment(Samples.PDF), Samples.ref()));

        assertThat(stub.getAllServeEvents().isEmpty())
                .as("asked nobody; %s", unanswered)
                .isEqualTo(carrier.preparesAlone());
    }

    @Test
    void prepared_bytes_hold_no_secret() {
        Prepared prepared = carrier().prepare(shipment(Samples.PDF), Samples.ref());
        assertThat(new String(prepared.bytes(), StandardCharsets.UTF_8))
                .doesNotContain(secret())
                .doesNotContainIgnoringCase("authorization");
    }

    @Test
    void a_purchase_has_the_shipment_number_and_one_tracking_number_a_parcel() {
        Outcome.Bought bought = buy(Samples.PDF);
        assertThat(bought.numbers())
                .filteredOn(number -> number.kind().equals("tracking"))
                .extracting(ExternalNumber::parcel)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, shipment(Samples.PDF).parcels().size())
                                .boxed()
                                .toList());
        assertThat(bought.numbers())
                .extracting(ExternalNumber::value)
                .contains(bought.id().value())
                .doesNotHaveDuplicates();
        assertThat(bought.response()).isNotEmpty();
    }

    @Test
    void charges_are_canonical_and_sum_up_to_the_stated_total() {
        Outcome.Bought bought = buy(Samples.PDF);
        Optional<Money> total = total(bought);
        assumeTrue(total.isPresent(), "this carrier states no total");
        Money sum = bought.charges().stream()
                .map(Charge::amount)
                .reduce(Money::plus)
                .orElseThrow();
        assertThat(sum.amount()).isEqualByComparingTo(total.get().amount());
        assertThat(sum.currency()).isEqualTo(total.get().currency());
        assertThat(bought.charges()).extracting(Charge::type).allMatch(CHARGE_TYPES::contains);
    }

    /** Those that come with the purchase, and those that come later. */
    @Test
    void labels_are_what_they_say_they_are() {
        for (String format : formats()) {
            Outcome.Bought bought = buy(new LabelRequest(format, "4x6", dpi(format)));
            bought.label().ifPresent(label -> assertLabel(label, format));
            Fetched asked = carrier().fetch(bought.id(), new LabelRequest(format, "4x6", dpi(format)));
            if (asked instanceof Fetched.Ready ready) {
                assertLabel(ready.label(), format);
            } else {
                assertThat(bought.label()).as("neither sold nor asked for").isPresent();
            }
        }
    }

    @Test
    void what_it_says_of_itself_is_what_it_does() {
        CarrierFacts facts = facts();
        Carrier carrier = carrier();
        assertThat(carrier).isInstanceOf(facts.adapter());
        assertThat(carrier.idempotency()).isEqualTo(facts.idempotency());
        assertThat(new Carriers().all())
                .extracting(CarrierFactory::id)
                .contains(factory().id());
    }

    @Test
    void a_void_is_done_or_pending_and_a_second_one_is_no_error_of_ours() {
        Carrier carrier = carrier();
        assumeTrue(carrier instanceof Voids, "no void");
        Prepared prepared = carrier.prepare(shipment(Samples.PDF), Samples.ref());
        Outcome.Bought bought = bought(carrier.buy(prepared));
        assertThat(((Voids) carrier).cancel(bought.id(), prepared.ref()))
                .isInstanceOfAny(Voids.Voided.Done.class, Voids.Voided.Pending.class);
        assertThat(((Voids) carrier).cancel(bought.id(), prepared.ref()))
                .satisfiesAnyOf(
                        again -> assertThat(again).isInstanceOfAny(Voids.Voided.Done.class, Voids.Voided.Pending.class),
                        again -> assertThat(again)
                                .isInstanceOfSatisfying(
                                        Voids.Voided.Refused.class,
                                        no -> assertThat(no.reason()).isEqualTo("label_already_voided")));
    }

    @Test
    void a_refused_void_has_a_reason_and_the_carriers_words() {
        Carrier carrier = carrier();
        Optional<RefusedVoid> refused = refusedVoid();
        assumeTrue(carrier instanceof Voids && refused.isPresent(), "no void that is refused");
        Prepared prepared = carrier.prepare(shipment(Samples.PDF), Samples.ref());
        Outcome.Bought bought = bought(carrier.buy(prepared));
        refused.get().sold().accept(bought);
        assertThat(((Voids) carrier).cancel(bought.id(), prepared.ref()))
                .isInstanceOfSatisfying(Voids.Voided.Refused.class, no -> {
                    assertThat(no.reason()).isEqualTo(refused.get().reason()).isIn(VOID_REASONS);
                    assertThat(no.words()).isNotBlank();
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 429, 500, 503})
    void a_void_without_a_readable_answer_is_unknown(int status) {
        Carrier carrier = atStub(aResponse().withStatus(status).withBody("<html>"));
        assumeTrue(carrier instanceof Voids, "no void");
        assertThat(((Voids) carrier).cancel(new ShipmentId("S-1"), Samples.ref()))
                .isInstanceOf(Voids.Voided.Unknown.class);
    }

    @Test
    void bad_credentials_sell_nothing_and_are_told_in_words() {
        Optional<Carrier> stranger = stranger();
        assumeTrue(stranger.isPresent(), "no credentials");
        Prepared prepared = carrier().prepare(shipment(Samples.PDF), Samples.ref());
        assertThat(stranger.get().buy(prepared))
                .isInstanceOfSatisfying(
                        Outcome.NotSent.class,
                        not -> assertThat(not.why()).doesNotContain(secret()).hasSizeGreaterThan(10));
    }

    @Test
    void a_code_no_table_has_is_kept_and_counted() {
        Optional<Consumer<String>> unknown = unknownCode();
        Carrier carrier = carrier();
        assumeTrue(unknown.isPresent() && carrier instanceof Tracks, "no tracking");
        String number = buy(Samples.PDF).numbers().stream()
                .filter(one -> one.kind().equals("tracking"))
                .findFirst()
                .orElseThrow()
                .value();
        unknown.get().accept(number);
        long before = counted();
        assertThat(((Tracks) carrier).track(List.of(number)))
                .filteredOn(event -> event.status().equals("unknown"))
                .allSatisfy(event -> assertThat(event.code()).isNotBlank())
                .isNotEmpty();
        assertThat(counted()).isGreaterThan(before);
    }

    private long counted() {
        return UnknownCodes.of(carrierId()).stream()
                .mapToLong(UnknownCodes.Seen::times)
                .sum();
    }

    /** Everything the adapter does, with its log at the finest level. */
    @Test
    void no_secret_reaches_the_log() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger ours = (Logger) LoggerFactory.getLogger("io.waybill");
        Level level = ours.getLevel();
        log.start();
        root.addAppender(log);
        ours.setLevel(Level.TRACE);
        try {
            Outcome.Bought bought = buy(Samples.PDF);
            assertThat(bought.toString()).doesNotContain(secret());
            buyAtStub(aResponse().withStatus(500));
            assertThat(carrier().toString()).doesNotContain(secret());
            synchronized (log) { // the server's threads go on
                assertThat(log.list)
                        .extracting(ILoggingEvent::getFormattedMessage)
                        .noneMatch(line -> line.contains(secret()));
            }
        } finally {
            ours.setLevel(level);
            root.detachAppender(log);
        }
    }

    @Test
    void a_class_a_carrier_answers_the_same_purchase_with_the_same_numbers() {
        Carrier carrier = carrier();
        assumeTrue(carrier.idempotency() == IdempotencyClass.A, "not class A");
        Prepared prepared = carrier.prepare(shipment(Samples.PDF), Samples.ref());
        Outcome.Bought first = bought(carrier.buy(prepared));
        Outcome.Bought again = bought(carrier.buy(prepared));
        assertThat(again.numbers()).isEqualTo(first.numbers());
        assertThat(again.charges()).isEqualTo(first.charges());
    }

    @Test
    void a_lost_answer_is_unknown_and_the_purchase_is_found_again() {
        Optional<Shipment> lost = soldAndLost();
        assumeTrue(lost.isPresent(), "no way to lose an answer");
        Carrier carrier = carrier();
        assumeTrue(carrier.idempotency() != IdempotencyClass.C, "no look-up");
        Prepared prepared = carrier.prepare(lost.get(), Samples.ref());
        assertThat(carrier.buy(prepared)).isInstanceOf(Outcome.Unknown.class);
        Found found = carrier.find(prepared.ref());
        assertThat(found).isInstanceOf(Found.Sold.class);
        Outcome.Bought sold = ((Found.Sold) found).bought();
        assertThat(sold.numbers()).isNotEmpty();
        if (carrier.idempotency() == IdempotencyClass.A) {
            assertThat(bought(carrier.buy(prepared)).numbers()).isEqualTo(sold.numbers());
        }
    }

    @Test
    void an_unknown_reference_finds_nothing() {
        Carrier carrier = carrier();
        Found found = carrier.find(Samples.ref());
        assertThat(found)
                .isInstanceOf(
                        carrier.idempotency() == IdempotencyClass.C ? Found.Impossible.class : Found.Nothing.class);
    }

    @Test
    void a_refusal_carries_the_words_the_code_and_the_field() {
        Optional<Shipment> refused = refused();
        assumeTrue(refused.isPresent(), "no shipment this carrier refuses");
        Carrier carrier = carrier();
        Outcome outcome = carrier.buy(carrier.prepare(refused.get(), Samples.ref()));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, no -> {
            assertThat(no.words()).isNotBlank();
            assertThat(no.code()).isNotBlank();
            assertThat(no.pointer()).startsWith("/");
            assertThat(no.response()).isNotEmpty();
        });
    }

    @Test
    void nothing_is_sent_to_a_server_that_is_not_there() throws IOException {
        Prepared prepared = carrier().prepare(shipment(Samples.PDF), Samples.ref());
        Carrier nobody = carrierAt(nobodyHere());
        assertThat(nobody.buy(prepared)).isInstanceOf(Outcome.NotSent.class);
        if (nobody.idempotency() != IdempotencyClass.C) {
            assertThat(nobody.find(prepared.ref())).isInstanceOf(Found.Unreachable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 408, 500, 502, 503, 504})
    void a_status_that_decides_nothing_is_unknown_and_sent_once(int status) {
        assertUnknownAndSentOnce(aResponse()
                .withStatus(status)
                .withHeader("Location", stub.baseUrl() + "/elsewhere")
                .withBody("{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Welcome</html>", "{}", "[]", "{\"half\": "})
    void an_answer_that_cannot_be_read_is_unknown_and_sent_once(String body) {
        assertUnknownAndSentOnce(aResponse().withStatus(200).withBody(body));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_broken_connection_is_unknown_and_sent_once(Fault fault) {
        assertUnknownAndSentOnce(aResponse().withFault(fault));
    }

    /** What a label was sold by stays sold, whatever else the answer lacks or says otherwise than its document. */
    @Test
    void a_sale_stays_a_sale_whatever_else_its_answer_lacks() {
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(shipment(Samples.PDF), Samples.ref());
        byte[] answer = bought(carrier.buy(prepared)).response();
        assumeTrue(answer[0] == '{' || answer[0] == '[', "no JSON");
        Carrier carrierAtStub = carrierAt(URI.create(stub.baseUrl()));
        for (Damage damage : Damage.of(answer)) {
            stub.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200).withBody(damage.answer())));
            stubFreeCalls(stub);
            Outcome outcome = carrierAtStub.buy(prepared);
            boolean numberless = essential().stream().anyMatch(damage.at()::matches);
            assertThat(outcome)
                    .as(damage.toString())
                    .isInstanceOfAny(numberless ? Outcome.Unknown.class : Outcome.Bought.class, Outcome.Bought.class);
        }
    }

    /** Never a sale, and never free to be bought again by itself. */
    @Test
    void a_refusal_is_never_taken_for_a_sale_or_for_nothing_whatever_it_lacks() {
        Optional<Shipment> refused = refused();
        assumeTrue(refused.isPresent(), "no shipment this carrier refuses");
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(refused.get(), Samples.ref());
        byte[] answer = ((Outcome.Refused) carrier.buy(prepared)).response();
        assumeTrue(answer[0] == '{' || answer[0] == '[', "no JSON");
        Carrier carrierAtStub = carrierAt(URI.create(stub.baseUrl()));
        for (int status : new int[] {200, 400}) {
            for (Damage damage : Damage.of(answer)) {
                stub.stubFor(
                        any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(damage.answer())));
                stubFreeCalls(stub);
                assertThat(carrierAtStub.buy(prepared))
                        .as(status + " " + damage)
                        .isInstanceOfAny(Outcome.Refused.class, Outcome.Unknown.class);
            }
        }
    }

    @Test
    void a_429_is_not_sent_and_says_when_to_come_back() {
        Outcome outcome = buyAtStub(aResponse().withStatus(429).withHeader("Retry-After", "7"));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.NotSent.class,
                        not -> assertThat(not.retryAfter()).contains(Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 404, 500, 503})
    void a_look_up_that_cannot_be_read_is_unreachable_and_never_nothing(int status) {
        Carrier carrier = atStub(aResponse().withStatus(status).withBody("<html>"));
        assumeTrue(carrier.idempotency() != IdempotencyClass.C, "no look-up");
        assertThat(carrier.find(Samples.ref())).isInstanceOf(Found.Unreachable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Welcome</html>", "{}", "[]", "null", "{\"half\": "})
    void a_look_up_whose_answer_says_nothing_is_unreachable_and_never_nothing(String body) {
        Carrier carrier = atStub(aResponse().withStatus(200).withBody(body));
        assumeTrue(carrier.idempotency() != IdempotencyClass.C, "no look-up");
        assertThat(carrier.find(Samples.ref())).isInstanceOf(Found.Unreachable.class);
    }

    /** What is gone is voided and bought once more, so only the carrier's word for it counts. */
    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Welcome</html>", "{}", "[]", "null", "{\"half\": "})
    void a_label_whose_answer_says_nothing_is_asked_for_again_and_not_gone(String body) {
        for (int status : new int[] {200, 429, 500, 503}) {
            Carrier carrier = atStub(aResponse().withStatus(status).withBody(body));
            Fetched fetched = carrier.fetch(new ShipmentId("S-1"), Samples.PDF);
            assumeFalse(fetched instanceof Fetched.Gone && !printsAgain(), "prints nothing again");
            assertThat(fetched).as(status + " " + body).isInstanceOf(Fetched.NotYet.class);
        }
    }

    /** Whether a label can be asked for after its purchase. */
    protected boolean printsAgain() {
        return true;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Welcome</html>", "{}", "[]", "null", "{\"half\": "})
    void prices_that_cannot_be_read_are_no_prices(String body) {
        for (int status : new int[] {200, 404, 429, 500}) {
            Carrier carrier = atStub(aResponse().withStatus(status).withBody(body));
            assumeTrue(carrier instanceof Rates, "no prices");
            assertThat(((Rates) carrier).rates(shipment(Samples.PDF)))
                    .as(status + " " + body)
                    .allMatch(rate -> rate.excluded() != null);
        }
    }

    private void assertUnknownAndSentOnce(ResponseDefinitionBuilder answer) {
        Prepared prepared = carrier().prepare(shipment(Samples.PDF), Samples.ref());
        Outcome outcome = atStub(answer).buy(prepared);
        assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
        assertThat(stub.getAllServeEvents())
                .extracting(ServeEvent::getRequest)
                .filteredOn(request ->
                        request.getBodyAsString().equals(new String(prepared.bytes(), StandardCharsets.UTF_8)))
                .hasSize(1);
        assertThat(stub.getAllServeEvents())
                .noneMatch(event -> event.getRequest().getUrl().equals("/elsewhere"));
    }

    private Outcome buyAtStub(ResponseDefinitionBuilder answer) {
        Prepared prepared = carrier().prepare(shipment(Samples.PDF), Samples.ref());
        return atStub(answer).buy(prepared);
    }

    protected Carrier atStub(ResponseDefinitionBuilder answer) {
        stub.stubFor(any(anyUrl()).willReturn(answer));
        stubFreeCalls(stub);
        return carrierAt(URI.create(stub.baseUrl()));
    }

    private Outcome.Bought buy(LabelRequest label) {
        Carrier carrier = carrier();
        return bought(carrier.buy(carrier.prepare(shipment(label), Samples.ref())));
    }

    protected static Outcome.Bought bought(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Bought.class);
        return (Outcome.Bought) outcome;
    }

    private static void assertLabel(Label label, String format) {
        assertThat(label.documents()).isNotEmpty();
        for (Label.Document document : label.documents()) {
            assertThat(document.format()).isEqualTo(format);
            assertThat(LabelBytes.formatOf(document.bytes())).isEqualTo(format);
            assertDecodes(document);
        }
    }

    /** To its end: half a label has the right beginning too. */
    private static void assertDecodes(Label.Document document) {
        String text = new String(document.bytes(), StandardCharsets.ISO_8859_1);
        try {
            switch (document.format()) {
                case "PDF" -> {
                    try (PDDocument pdf = Loader.loadPDF(document.bytes())) {
                        assertThat(pdf.getNumberOfPages()).isPositive();
                    }
                }
                case "PNG" ->
                    assertThat(ImageIO.read(new ByteArrayInputStream(document.bytes()))
                                    .getWidth())
                            .isPositive();
                case "ZPL" -> assertThat(text.stripTrailing()).endsWith("^XZ");
                default -> assertThat(text).containsPattern("(?m)^P\\d");
            }
        } catch (IOException e) {
            throw new AssertionError("the label cannot be read", e);
        }
    }

    /** A port that was free a moment ago. */
    private static URI nobodyHere() {
        return URI.create("http://127.0.0.1:" + FreePort.next());
    }

    private static final List<String> VOID_REASONS = List.of(
            "label_not_found",
            "void_period_over",
            "label_already_used",
            "label_already_voided",
            "contact_carrier",
            "unknown");

    private static final List<String> CHARGE_TYPES = List.of(
            "shipping",
            "insurance",
            "confirmation",
            "discount",
            "fuel_charge",
            "additional_fees",
            "tariff",
            "tax",
            "delivery",
            "handling",
            "special_goods",
            "pickup",
            "location_fee",
            "oversize",
            "returns",
            "notifications",
            "tip",
            "duties_and_taxes",
            "brokerage_fee",
            "admin_fee",
            "adjustment",
            "uncategorized");
}
