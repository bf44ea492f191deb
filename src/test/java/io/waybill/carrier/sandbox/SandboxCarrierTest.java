package io.waybill.carrier.sandbox;

import static io.waybill.carrier.Samples.PDF;
import static io.waybill.carrier.Samples.home;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierContract;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Samples;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.measure.Money;
import io.waybill.order.Address;
import io.waybill.order.MergePatch;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxCarrierTest extends CarrierContract {
    private static final String TOKEN = "canary-5up3r-s3cr3t";

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock();
    private SandboxServer server;

    @BeforeEach
    void start() throws IOException {
        server = SandboxServer.start(folder.resolve("book.jsonl"), 0, TOKEN, SandboxPace.DEFAULT, clock);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Override
    protected CarrierFactory factory() {
        return new SandboxFactory();
    }

    @Override
    protected Carrier carrier() {
        return carrierAt(server.url());
    }

    @Override
    protected Carrier carrierAt(URI base) {
        return open("baseUrl=" + base, "token=" + TOKEN);
    }

    @Override
    protected List<String> essential() {
        return List.of("/(id|reference|parcels|price|label)(/.*)?");
    }

    @Override
    protected String secret() {
        return TOKEN;
    }

    @Override
    protected Optional<Shipment> refused() {
        return Optional.of(Samples.shipment(home("Jane Roe"), "ground", PDF, "1", "70.5"));
    }

    @Override
    protected Optional<Carrier> stranger() {
        return Optional.of(open("baseUrl=" + server.url(), "token=another"));
    }

    @Override
    protected Optional<RefusedVoid> refusedVoid() {
        return Optional.of(
                new RefusedVoid(sold -> clock.pass(SandboxPace.DEFAULT.trackingStep()), "label_already_used"));
    }

    @Override
    protected Optional<Shipment> soldAndLost() {
        return Optional.of(to("SANDBOX:LOSE-ANSWER Jane Roe"));
    }

    @Override
    protected Optional<Money> total(Outcome.Bought bought) {
        JsonNode price = Json.read(bought.response()).path("price");
        return Optional.of(
                Money.of(price.path("total").asText(), price.path("currency").asText()));
    }

    @Test
    void a_price_comes_in_parts_rounded_to_cents() {
        Outcome.Bought bought = bought(buy(Samples.shipment()));
        assertThat(bought.charges())
                .extracting(charge -> charge.code() + " " + charge.type() + " " + charge.amount())
                .containsExactly(
                        "BASE shipping 8.10 USD", "FUEL fuel_charge 0.97 USD", "RESI additional_fees 0.35 USD");
    }

    @Test
    void tracking_numbers_carry_a_check_digit_and_the_service() {
        assertThat(bought(buy(Samples.shipment(home("Jane Roe"), "overnight", PDF, "1", "2")))
                        .numbers())
                .filteredOn(number -> number.kind().equals("tracking"))
                .extracting(ExternalNumber::value)
                .allMatch(TrackingNumberTest::isValid)
                .allMatch(number -> number.startsWith("WB30"));
    }

    @Test
    void too_heavy_a_parcel_is_refused_by_its_weight() {
        assertThat(buy(refused().orElseThrow())).isInstanceOfSatisfying(Outcome.Refused.class, no -> {
            assertThat(no.words()).contains("70 kg", "70.5 kg");
            assertThat(no.code()).isEqualTo("weight_limit");
            assertThat(no.pointer()).isEqualTo("/parcels/1/weight");
        });
    }

    @Test
    void a_service_or_label_the_sandbox_does_not_have_is_refused() {
        assertThat(refusal(Samples.shipment(home("Jane Roe"), "teleport", PDF, "1")))
                .satisfies(no -> {
                    assertThat(no.pointer()).isEqualTo("/service");
                    assertThat(no.values().get("legal")).isEqualTo("express, ground, overnight");
                });
        assertThat(List.of(
                        refusal(label("EPL2", "4x6", 203)),
                        refusal(label("PDF", "A4", 203)),
                        refusal(label("ZPL", "4x6", 600))))
                .extracting(Problem::pointer)
                .containsExactly("/label/format", "/label/size", "/label/dpi");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batteries packed | {\"options\":{\"batteries\":\"packed\"}}",
                "signature adult | {\"options\":{\"signature\":\"adult\"}}",
                "Saturday | {\"options\":{\"saturday\":true}}",
                "insured 9 USD | {\"options\":{\"insuredValue\":{\"amount\":\"9\",\"currency\":\"USD\"}}}",
                "paid by thirdParty | {\"billing\":{\"payer\":\"thirdParty\",\"account\":\"1\"}}",
                "duties by thirdParty | {\"billing\":{\"dutiesPayer\":\"thirdParty\",\"account\":\"1\"}}",
                "return | {\"options\":{\"isReturn\":true},\"billing\":{\"payer\":\"recipient\"}}"
            })
    void a_label_names_what_its_order_wishes(String words, String wish) throws Exception {
        Shipment one = Samples.shipment();
        Shipment wished = new Shipment(
                wishing(one.order(), wish),
                1,
                "ground",
                one.shipFrom(),
                one.parcels(),
                new LabelRequest("ZPL", "4x6", 203));

        Outcome.Bought bought = bought(buy(wished));

        assertThat(new String(bought.label().orElseThrow().documents().get(0).bytes(), StandardCharsets.UTF_8))
                .contains(words);
        assertThat(((Rates) carrier()).rates(wished)).isNotEmpty();
    }

    private static Order wishing(Order order, String wish) throws Exception {
        JsonNode patch = io.waybill.order.Json.mapper().readTree(wish);
        return io.waybill.order.Json.mapper()
                .convertValue(MergePatch.apply(new Orders().write(order), patch), Order.class);
    }

    private Problem refusal(Shipment shipment) {
        return catchThrowableOfType(RefusedException.class, () -> carrier().prepare(shipment, Samples.ref()))
                .problem("sandbox");
    }

    private static Shipment label(String format, String size, int dpi) {
        return Samples.shipment(home("Jane Roe"), "ground", new LabelRequest(format, size, dpi), "1");
    }

    @Test
    void a_parcel_without_a_weight_is_never_sent() {
        Shipment whole = Samples.shipment();
        Shipment weightless = new Shipment(
                whole.order(),
                1,
                "ground",
                whole.shipFrom(),
                List.of(new Order.Parcel(null, null, null, null, List.of())),
                PDF);
        assertThatThrownBy(() -> carrier().prepare(weightless, Samples.ref()))
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/parcels/0/weight"));
    }

    @Test
    void the_same_key_with_another_body_is_unknown_for_something_was_sold_under_it() {
        Ref first = Samples.ref();
        Ref second = new Ref(first.value() + "2", first.purchaseKey(), first.orderNumber());
        bought(carrier().buy(carrier().prepare(Samples.shipment(), first)));
        assertThat(carrier().buy(carrier().prepare(Samples.shipment(), second)))
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains(first.value()));
        assertThat(carrier().find(second)).isInstanceOf(Found.Nothing.class);
    }

    @Test
    void a_wrong_token_buys_nothing_and_finds_nothing_out() {
        Carrier stranger = open("baseUrl=" + server.url(), "token=wrong");
        Prepared prepared = stranger.prepare(Samples.shipment(), Samples.ref());
        assertThat(stranger.buy(prepared)).isInstanceOf(Outcome.NotSent.class);
        assertThat(stranger.find(prepared.ref())).isInstanceOf(Found.Unreachable.class);
        assertThat(carrier().find(prepared.ref())).isInstanceOf(Found.Nothing.class);
    }

    @Test
    void refuse_refuses_every_time() {
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(to("SANDBOX:REFUSE Jane Roe"), Samples.ref());
        assertThat(carrier.buy(prepared)).isInstanceOf(Outcome.Refused.class);
        assertThat(carrier.buy(prepared)).isInstanceOf(Outcome.Refused.class);
        assertThat(carrier.find(prepared.ref())).isInstanceOf(Found.Nothing.class);
    }

    @Test
    void an_unknown_fault_is_refused_with_the_known_ones() {
        assertThat(buy(to("SANDBOX:EXPLODE Jane Roe")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        no -> assertThat(no.words()).contains("EXPLODE", "LOSE-ANSWER", "SELL-503"));
    }

    @Test
    void sell_503_sells_and_says_it_did_not() {
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(to("SANDBOX:SELL-503 Jane Roe"), Samples.ref());
        assertThat(carrier.buy(prepared)).isInstanceOf(Outcome.Unknown.class);
        assertThat(carrier.find(prepared.ref())).isInstanceOf(Found.Sold.class);
        bought(carrier.buy(prepared));
    }

    @Test
    void a_cut_answer_is_a_sale_that_a_look_up_finds() {
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(to("SANDBOX:CUT=7 Jane Roe"), Samples.ref());
        assertThat(carrier.buy(prepared)).isInstanceOf(Outcome.Unknown.class);
        assertThat(carrier.find(prepared.ref())).isInstanceOf(Found.Sold.class);
    }

    @Test
    void a_hanging_carrier_has_sold() {
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(to("SANDBOX:HANG=1 Jane Roe"), Samples.ref());
        assertThat(carrier.buy(prepared)).isInstanceOf(Outcome.Unknown.class);
        assertThat(carrier.find(prepared.ref())).isInstanceOf(Found.Sold.class);
    }

    @Test
    void a_dropped_request_is_not_sold_until_it_is_sent_again() {
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(to("SANDBOX:DROP Jane Roe"), Samples.ref());
        assertThat(carrier.buy(prepared)).isInstanceOf(Outcome.Unknown.class);
        assertThat(carrier.find(prepared.ref())).isInstanceOf(Found.Nothing.class);
        bought(carrier.buy(prepared));
    }

    @Test
    void late_takes_effect_later_and_only_once() {
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(to("SANDBOX:LATE=3 Jane Roe"), Samples.ref());
        assertThat(carrier.buy(prepared)).isInstanceOf(Outcome.Unknown.class);
        assertThat(carrier.find(prepared.ref())).isInstanceOf(Found.Nothing.class);
        assertThat(carrier.buy(prepared)).isInstanceOf(Outcome.Unknown.class);
        clock.pass(Duration.ofSeconds(3));
        Found found = carrier.find(prepared.ref());
        assertThat(found).isInstanceOf(Found.Sold.class);
        assertThat(bought(carrier.buy(prepared)).numbers())
                .isEqualTo(((Found.Sold) found).bought().numbers());
    }

    @Test
    void label_later_sells_now_and_prints_later() {
        Outcome.Bought bought = bought(buy(to("SANDBOX:LABEL-LATER=4 Jane Roe")));
        assertThat(bought.label()).isEmpty();
        assertThat(carrier().fetch(bought.id(), PDF)).isInstanceOf(Fetched.NotYet.class);
        clock.pass(Duration.ofSeconds(4));
        assertThat(carrier().fetch(bought.id(), PDF)).isInstanceOf(Fetched.Ready.class);
    }

    @Test
    void slow_outlasts_an_impatient_customer_and_is_found() {
        Carrier impatient =
                open("baseUrl=" + server.url(), "token=" + TOKEN, "connectTimeout=10s", "answerTimeout=200ms");
        Prepared prepared = impatient.prepare(to("SANDBOX:SLOW=20 Jane Roe"), Samples.ref());
        assertThat(impatient.buy(prepared)).isInstanceOf(Outcome.Unknown.class);
        await().untilAsserted(() -> assertThat(carrier().find(prepared.ref())).isInstanceOf(Found.Sold.class));
    }

    @Test
    void slow_answers_a_patient_customer() {
        bought(buy(to("SANDBOX:SLOW=0 Jane Roe")));
    }

    @Test
    void a_label_is_printed_again_in_another_format_and_gone_when_nobody_knows_it() {
        Outcome.Bought bought = bought(buy(Samples.shipment()));
        assertThat(carrier().fetch(bought.id(), new LabelRequest("ZPL", "4x6", 300)))
                .isInstanceOfSatisfying(
                        Fetched.Ready.class,
                        ready -> assertThat(new String(
                                        ready.label().documents().get(0).bytes(), StandardCharsets.UTF_8))
                                .contains("^PW1200"));
        assertThat(carrier().fetch(new ShipmentId("SBX99999999999"), PDF)).isInstanceOf(Fetched.Gone.class);
    }

    @Test
    void a_voided_label_is_paid_back_once_and_its_order_can_be_bought_again_under_a_new_ref() {
        Voids voids = (Voids) carrier();
        Ref ref = Samples.ref();
        Prepared prepared = carrier().prepare(Samples.shipment(), ref);
        Outcome.Bought bought = bought(carrier().buy(prepared));
        assertThat(voids.cancel(bought.id(), ref)).isEqualTo(new Voids.Voided.Done(Money.of("9.42", "USD")));
        assertThat(voids.cancel(bought.id(), ref))
                .isInstanceOfSatisfying(
                        Voids.Voided.Refused.class,
                        no -> assertThat(no.reason()).isEqualTo("label_already_voided"));
        assertThat(carrier().find(ref)).isInstanceOf(Found.Nothing.class);
        assertThat(carrier().buy(prepared)).isInstanceOf(Outcome.Refused.class);
        Ref second = new Ref(ref.value() + "2", ref.purchaseKey(), ref.orderNumber());
        Outcome.Bought other = bought(carrier().buy(carrier().prepare(Samples.shipment(), second)));
        assertThat(other.id()).isNotEqualTo(bought.id());
    }

    @Test
    void a_label_that_was_picked_up_or_never_sold_is_not_voided() {
        Voids voids = (Voids) carrier();
        Outcome.Bought bought = bought(buy(Samples.shipment()));
        clock.pass(SandboxPace.DEFAULT.trackingStep());
        assertThat(voids.cancel(bought.id(), Samples.ref()))
                .isInstanceOfSatisfying(
                        Voids.Voided.Refused.class,
                        no -> assertThat(no.reason()).isEqualTo("label_already_used"));
        assertThat(voids.cancel(new ShipmentId("SBX99999999999"), Samples.ref()))
                .isInstanceOfSatisfying(
                        Voids.Voided.Refused.class,
                        no -> assertThat(no.reason()).isEqualTo("label_not_found"));
    }

    @Test
    void tracking_moves_on_with_the_clock() {
        String number = tracking(bought(buy(Samples.shipment())));
        assertThat(statuses(number)).containsExactly("pending");
        clock.pass(SandboxPace.DEFAULT.trackingStep());
        assertThat(statuses(number)).containsExactly("pending", "picked_up");
        clock.pass(SandboxPace.DEFAULT.trackingStep().multipliedBy(10));
        assertThat(statuses(number))
                .containsExactly("pending", "picked_up", "in_transit", "out_for_delivery", "delivered");
        assertThat(statuses("WB10999999999999")).isEmpty();
    }

    @Test
    void a_carrier_that_is_away_or_lets_nobody_in_is_no_parcel_without_events() throws Exception {
        Tracks stranger = (Tracks) open("baseUrl=" + server.url(), "token=wrong");
        Tracks known = (Tracks) carrier();

        assertThatThrownBy(() -> stranger.track(List.of("SB123"))).hasMessageContaining("401");
        assertThat(known.track(List.of("SB123"))).isEmpty();
        server.close();
        assertThatThrownBy(() -> known.track(List.of("SB123"))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_failed_delivery_and_a_void_end_a_journey() {
        String failing = tracking(bought(buy(to("SANDBOX:TRACK-FAIL Jane Roe"))));
        Outcome.Bought voided = bought(buy(Samples.shipment()));
        ((Voids) carrier()).cancel(voided.id(), Samples.ref());
        clock.pass(Duration.ofDays(1));
        assertThat(statuses(failing)).endsWith("out_for_delivery", "delivery_failed");
        assertThat(statuses(tracking(voided))).containsExactly("pending", "cancelled");
    }

    @Test
    void rates_price_every_service_and_say_why_one_is_excluded() {
        Rates rates = (Rates) carrier();
        assertThat(rates.rates(Samples.shipment()))
                .extracting(rate -> rate.service() + " " + rate.total() + " " + rate.days())
                .containsExactly("ground 9.42 USD 4", "express 20.17 USD 2", "overnight 36.64 USD 1");
        Shipment abroad = Samples.shipment(
                new Address("王小明", null, "人民路1号", null, null, "上海", null, "200001", "CN", null, null, false, null),
                "ground",
                PDF,
                "1");
        assertThat(rates.rates(abroad))
                .filteredOn(rate -> rate.excluded() != null)
                .singleElement()
                .satisfies(rate -> {
                    assertThat(rate.service()).isEqualTo("overnight");
                    assertThat(rate.total()).isNull();
                });
        assertThat(((Rates) carrierAt(URI.create("http://127.0.0.1:1"))).rates(abroad))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).contains("no price came"));
    }

    @Test
    void what_is_rated_is_what_is_bought() {
        Rates.Rate rate = ((Rates) carrier()).rates(Samples.shipment()).get(0);
        assertThat(bought(buy(Samples.shipment())).charges()).isEqualTo(rate.charges());
    }

    @Test
    void a_setting_nobody_reads_is_refused_by_name_and_common_ones_are_known() {
        assertThatThrownBy(() -> open("tokn=x"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("account.sandbox.tokn");
        assertThatThrownBy(() -> open("baseUrl=ftp://x"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("account.sandbox.baseUrl");
        assertThat(open("mode=test", "namespaces=acme", "chargeEvent=on_creation", "settle=3s", "workers=2"))
                .isNotNull();
    }

    private Carrier open(String... settings) {
        String text = "account.sandbox.adapter=sandbox\n"
                + String.join(
                        "\n",
                        List.of(settings).stream()
                                .map(line -> "account.sandbox." + line)
                                .toList());
        return new Carriers().open("sandbox", Settings.of(text).section("account.sandbox"));
    }

    private Outcome buy(Shipment shipment) {
        Carrier carrier = carrier();
        return carrier.buy(carrier.prepare(shipment, Samples.ref()));
    }

    private List<String> statuses(String number) {
        return ((Tracks) carrier())
                .track(List.of(number)).stream().map(Tracks.Event::status).toList();
    }

    private static String tracking(Outcome.Bought bought) {
        return bought.numbers().stream()
                .filter(number -> number.kind().equals("tracking"))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static Shipment to(String recipient) {
        return Samples.shipment(home(recipient), "ground", PDF, "1.2");
    }
}
