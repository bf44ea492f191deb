package io.waybill.carrier.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.carrier.Balances;
import io.waybill.carrier.Bills;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.CarrierStub;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.Channels;
import io.waybill.carrier.Charge;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fees;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.Label;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.PlayedContract;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Samples;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Webhooks;
import io.waybill.measure.Money;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The shipped description of a label platform, against a server that plays one. */
class LabelPlatformTest extends PlayedContract {
    @RegisterExtension
    static final LabelPlatformServer SERVER = new LabelPlatformServer();

    @Override
    protected CarrierFactory factory() {
        return new DeclaredFactory();
    }

    @Override
    protected CarrierStub server() {
        return SERVER;
    }

    @Override
    protected Carrier carrierAt(URI base) {
        return open(base, LabelPlatformServer.SECRET);
    }

    private static Carrier open(URI base, String secret) {
        Settings settings = Settings.of("""
                account.lp.adapter=declared
                account.lp.description=label-platform
                account.lp.baseUrl=%s
                account.lp.appKey=acme-key
                account.lp.appSecret=env:SECRET
                account.lp.pushSecret=env:SECRET
                account.lp.pushSecret.next=env:NEXT
                account.lp.answerTimeout=5s
                """.formatted(base), Map.of("SECRET", secret, "NEXT", "next"));
        return new Carriers().open("lp", settings.section("account").section("lp"));
    }

    @Override
    protected List<String> essential() {
        return List.of(
                "/code",
                "/data",
                "/data/(orderNo|customerOrderNo|status|totalFee|currency)",
                "/data/packages/\\d/seq",
                "/data/feeDetails/\\d/(feeCode|amount)");
    }

    @Override
    protected boolean readsFieldByField() {
        return false;
    }

    @Override
    protected String secret() {
        return LabelPlatformServer.SECRET;
    }

    @Override
    protected Optional<Money> total(Outcome.Bought bought) {
        return Optional.of(Money.of("9.42", "USD"));
    }

    @Override
    protected Optional<RefusedVoid> refusedVoid() {
        return Optional.of(new RefusedVoid(
                sold -> SERVER.cancelled = "{\"code\":40903,\"message\":\"handed over to the carrier\"}",
                "label_already_used"));
    }

    @Override
    protected Optional<Carrier> stranger() {
        return Optional.of(open(SERVER.url(), "somebody-else"));
    }

    @Override
    protected Optional<Consumer<String>> unknownCode() {
        return Optional.of(number -> SERVER.code = "ABDUCTED");
    }

    private static Shipment to(String name) {
        return Samples.shipment(Samples.home(name), "ground", Samples.PDF, "1.2", "3");
    }

    private static Prepared prepared(Carrier carrier, String name) {
        return carrier.prepare(to(name), Samples.ref());
    }

    @Test
    void it_has_the_capabilities_its_description_has() {
        assertThat(carrier())
                .isInstanceOf(Rates.class)
                .isInstanceOf(Voids.class)
                .isInstanceOf(Tracks.class)
                .isInstanceOf(Webhooks.class)
                .isInstanceOf(Fees.class)
                .isInstanceOf(Balances.class)
                .isInstanceOf(Channels.class);
    }

    @Test
    void numbers_label_and_price_come_later_by_asking_for_the_label() {
        Carrier carrier = carrier();
        Outcome.Bought bought = bought(carrier.buy(prepared(carrier, "LATER Jane Roe")));
        assertThat(bought.label()).isEmpty();
        assertThat(bought.numbers()).extracting(ExternalNumber::kind).containsExactly("shipment");
        assertThat(bought.charges()).isEmpty();

        Fetched later = carrier.fetch(bought.id(), Samples.PDF);
        assertThat(later).isInstanceOfSatisfying(Fetched.Ready.class, ready -> {
            assertThat(ready.numbers())
                    .extracting(ExternalNumber::kind)
                    .containsExactly("tracking", "tracking", "agent");
            assertThat(ready.label().documents())
                    .extracting(Label.Document::parcel)
                    .containsExactly(1, 2);
            assertThat(ready.charges())
                    .extracting(Charge::type)
                    .containsExactly("shipping", "fuel_charge", "uncategorized");
        });
    }

    @Test
    void a_label_in_the_making_is_not_there_yet_and_one_that_will_not_come_is_gone() {
        Carrier carrier = carrier();
        Outcome.Bought bought = bought(carrier.buy(prepared(carrier, "LATER Jane Roe")));

        SERVER.order = order -> order.put("labelStatus", 1).put("reason", "waiting for the carrier");
        assertThat(carrier.fetch(bought.id(), Samples.PDF)).isEqualTo(new Fetched.NotYet("waiting for the carrier"));
        SERVER.order = order -> order.put("labelStatus", 2).put("reason", "the carrier refused the parcel");
        assertThat(carrier.fetch(bought.id(), Samples.PDF))
                .isEqualTo(new Fetched.Gone("the carrier refused the parcel"));
    }

    @Test
    void a_label_is_fetched_from_the_platforms_own_address_and_from_no_other() {
        SERVER.addressed = true;
        Carrier carrier = carrier();
        assertThat(bought(carrier.buy(prepared(carrier, "Jane Roe"))).label()).isPresent();

        for (String elsewhere : List.of(
                "http://169.254.169.254/latest/meta-data",
                "http://127.0.0.1:1/x.pdf",
                "https://files.label-platform.example.evil.org/x.pdf",
                "https://user@files.label-platform.example/x.pdf",
                "http://files.label-platform.example/x.pdf",
                "file:///etc/passwd")) {
            SERVER.order = order -> {
                order.path("packages")
                        .forEach(one ->
                                ((com.fasterxml.jackson.databind.node.ObjectNode) one).put("labelUrl", elsewhere));
                return order;
            };
            assertThat(bought(carrier.buy(prepared(carrier, "Jane Roe"))).label())
                    .as(elsewhere)
                    .isEmpty();
        }
    }

    @Test
    void what_was_cancelled_is_not_found_and_its_number_is_not_sold_again() {
        Carrier carrier = carrier();
        Prepared prepared = prepared(carrier, "Jane Roe");
        Outcome.Bought bought = bought(carrier.buy(prepared));
        assertThat(((Voids) carrier).cancel(bought.id(), prepared.ref())).isEqualTo(new Voids.Voided.Done(null));

        assertThat(carrier.find(prepared.ref())).isEqualTo(new Found.Nothing());
        assertThat(carrier.buy(prepared))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, no -> assertThat(no.words()).contains("cancelled under this number"));
    }

    @Test
    void an_answer_about_another_order_is_not_believed() {
        SERVER.order = order -> order.put("customerOrderNo", "SOMEBODY-ELSES");
        Carrier carrier = carrier();
        assertThat(carrier.buy(prepared(carrier, "Jane Roe")))
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("another reference"));
    }

    @Test
    void a_state_the_description_does_not_know_is_unknown() {
        SERVER.order = order -> order.put("status", "SLEEPING");
        Carrier carrier = carrier();
        assertThat(carrier.buy(prepared(carrier, "Jane Roe"))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void weights_and_lengths_are_told_in_pounds_and_inches_rounded_up() {
        String body = new String(prepared(carrier(), "Jane Roe").bytes(), StandardCharsets.UTF_8);
        assertThat(body).contains("\"weight\":2.65", "\"weight\":6.62", "\"length\":11.82", "\"height\":3.94");
    }

    @Test
    void a_field_the_request_needs_is_refused_at_our_field_before_anything_is_sent() {
        Shipment shipment = to("Jane Roe with a name that is longer than any label");
        assertThatThrownBy(() -> carrier().prepare(shipment, Samples.ref()))
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/shipTo/name"));
        assertThatThrownBy(() -> carrier()
                        .prepare(
                                Samples.shipment(Samples.home("Jane Roe"), "by_balloon", Samples.PDF, "1"),
                                Samples.ref()))
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/service"));
        assertThatThrownBy(() -> carrier().prepare(to("张伟"), Samples.ref()))
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/shipTo/name"));
    }

    @Test
    void prices_of_every_service_are_asked_for_by_each_channel_that_a_quote_names() {
        List<Rates.Rate> rates =
                ((Rates) carrier()).rates(Samples.shipment(Samples.home("Jane Roe"), "", Samples.PDF, "1.2"));
        assertThat(rates).extracting(Rates.Rate::service).containsExactly("ground", "economy");
        assertThat(rates.get(0).total()).isEqualTo(Money.of("9.42", "USD"));
        assertThat(rates.get(1).excluded()).isEqualTo("too heavy for this channel");
    }

    @Test
    void rates_are_told_by_our_words_with_their_parts_and_what_is_excluded() {
        List<Rates.Rate> rates = ((Rates) carrier()).rates(to("Jane Roe"));
        assertThat(rates).extracting(Rates.Rate::service).containsExactly("ground", "economy");
        assertThat(rates.get(0).total()).isEqualTo(Money.of("9.42", "USD"));
        assertThat(rates.get(0).charges()).hasSize(3);
        assertThat(rates.get(1).excluded()).isEqualTo("too heavy for this channel");
    }

    @Test
    void a_quote_whose_days_cannot_be_read_has_its_price_all_the_same() {
        SERVER.economyDays = "5 to 8";
        List<Rates.Rate> rates = ((Rates) carrier()).rates(to("Jane Roe"));
        assertThat(rates).extracting(Rates.Rate::service).containsExactly("ground", "economy");
        assertThat(rates.get(1).total()).isEqualTo(Money.of("5.10", "USD"));
        assertThat(rates.get(1).days()).isNull();
        SERVER.economyDays = "6";
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .extracting(Rates.Rate::days)
                .containsExactly(4, 6);
    }

    @Test
    void a_currency_in_small_letters_is_the_same_wherever_it_is_told() {
        SERVER.currency = "usd";
        Carrier carrier = carrier();
        Prepared prepared = prepared(carrier, "Jane Roe");
        Outcome.Bought bought = bought(carrier.buy(prepared));
        assertThat(bought.charges()).hasSize(3);
        assertThat(((Rates) carrier).rates(to("Jane Roe")).get(0).total()).isEqualTo(Money.of("9.42", "USD"));
        assertThat(((Fees) carrier).fees(bought.id(), prepared.ref()).orElseThrow())
                .hasSize(3);
        assertThat(((Balances) carrier).balance().left()).isEqualTo(Money.of("182.55", "USD"));
    }

    @Test
    void charges_that_were_corrected_later_are_asked_for_by_order() {
        Carrier carrier = carrier();
        Prepared prepared = prepared(carrier, "Jane Roe");
        Outcome.Bought bought = bought(carrier.buy(prepared));
        assertThat(((Fees) carrier).fees(bought.id(), prepared.ref()).orElseThrow())
                .extracting(Charge::type)
                .containsExactly("shipping", "fuel_charge", "adjustment");
    }

    @Test
    void the_bill_of_a_day_is_pulled_page_by_page_to_its_end_or_not_at_all() {
        Bills carrier = (Bills) carrier();
        LocalDate day = LocalDate.parse("2026-11-24");
        String freight =
                "{\"orderNo\":\"LP1\",\"customerOrderNo\":\"WB1-1\",\"trackingNo\":\"9400\",\"feeCode\":\"FREIGHT\","
                        + "\"feeName\":\"Freight\",\"amount\":\"8.10\"}";
        String monthly = "{\"feeCode\":\"MONTHLY\",\"amount\":20}";
        assertThat(carrier.booked(day)).isEmpty();
        SERVER.billed = List.of(freight + "," + freight, monthly);
        assertThat(carrier.booked(day))
                .extracting(fee -> fee.trackingNumber() + " " + fee.references() + " "
                        + fee.charge().type() + " " + fee.charge().amount())
                .containsExactly(
                        "9400 [WB1-1, LP1] shipping 8.10 USD",
                        "9400 [WB1-1, LP1] shipping 8.10 USD",
                        "null [] uncategorized 20 USD");
        assertThat(last("/v1/charges").query("date") + " " + last("/v1/charges").query("page"))
                .isEqualTo("2026-11-24 3");
        SERVER.billed = List.of(freight, freight);
        assertThatThrownBy(() -> carrier.booked(day)).hasMessageContaining("page 1 when it is asked for page 2");
    }

    private static CarrierStub.Call last(String path) {
        List<CarrierStub.Call> calls = SERVER.calls(path);
        return calls.get(calls.size() - 1);
    }

    @Test
    void what_is_pushed_must_be_signed_and_is_read() {
        Webhooks carrier = (Webhooks) carrier();
        byte[] body = """
                {"type":"tracking","events":[{"trackingNo":"9400","code":"DELIVERED","time":"2026-11-26T15:41:00-06:00"}]}""".getBytes(StandardCharsets.UTF_8);
        String sign = LabelPlatformServer.hmac(new String(body, StandardCharsets.UTF_8));
        assertThat(carrier.prove(new Webhooks.Delivery(Map.of("x-sign", sign), body)))
                .startsWith("sha256:");
        assertThatThrownBy(() -> carrier.prove(new Webhooks.Delivery(Map.of("x-sign", "00"), body)))
                .isInstanceOf(ProblemException.class);
        assertThat(carrier.read(body)).singleElement().satisfies(event -> {
            assertThat(event.status()).isEqualTo("delivered");
            assertThat(event.trackingNumber()).isEqualTo("9400");
        });
    }

    @Test
    void a_label_that_is_pushed_is_read_and_one_that_is_only_told_of_is_asked_for() {
        Carrier carrier = carrier();
        Outcome.Bought bought = bought(carrier.buy(prepared(carrier, "LATER Jane Roe")));
        String body = SERVER.label(bought.id().value());
        assertThat(((Webhooks) carrier).arrived(body.getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(arrived -> {
                    assertThat(arrived.id()).isEqualTo(bought.id());
                    assertThat(arrived.label()).isInstanceOf(Fetched.Ready.class);
                });
        assertThat(((Webhooks) carrier).arrived("{\"order\":{\"orderNo\":\"LP1\"}}".getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(arrived -> assertThat(arrived.label()).isInstanceOf(Fetched.NotYet.class));
    }

    @Test
    void what_is_left_and_which_channels_are_open_can_be_asked() {
        Carrier carrier = carrier();
        assertThat(((Balances) carrier).balance()).isEqualTo(new Balances.Balance(Money.of("182.55", "USD"), null));
        assertThat(((Channels) carrier).channels())
                .containsExactly(
                        new Channels.Channel("US-GROUND", "Ground", "ground"),
                        new Channels.Channel("US-NIGHT", "Over night", null));
    }

    @Test
    void the_signature_covers_what_is_sent_and_no_secret_is_sent() {
        Carrier carrier = carrier();
        Ref ref = Samples.ref();
        bought(carrier.buy(carrier.prepare(to("Jane Roe"), ref)));
        assertThat(SERVER.calls("/v1/orders"))
                .allSatisfy(call -> assertThat(call.request().getHeaders().toString() + call.text())
                        .doesNotContain(LabelPlatformServer.SECRET));
    }
}
