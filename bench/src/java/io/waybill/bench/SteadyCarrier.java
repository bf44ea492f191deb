package io.waybill.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.carrier.Account;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.Charge;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.measure.Money;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A carrier in this process that sells everything, always after the same time, with a label of {@link #LABEL} bytes and two charges. */
final class SteadyCarrier implements Carrier {
    static final int LABEL = 10_000;
    private static final byte[] PAPER = new byte[LABEL];
    private static final byte[] WORDS = "{\"sold\":true}".repeat(40).getBytes(UTF_8);

    static {
        new Random(1).nextBytes(PAPER);
    }

    private final String prefix;
    private final AtomicInteger next = new AtomicInteger(1_000_000);
    private final Map<String, Outcome.Bought> book = new ConcurrentHashMap<>();
    private final AtomicInteger twice = new AtomicInteger();
    volatile Duration answer;

    SteadyCarrier(String prefix, Duration answer) {
        this.prefix = prefix;
        this.answer = answer;
    }

    Account account(String name, int workers) {
        return new Account(name, "steady", this, Set.of(), workers, Duration.ofSeconds(5), "on_creation", false);
    }

    /** How many refs were asked for more than once. */
    int boughtTwice() {
        return twice.get();
    }

    @Override
    public IdempotencyClass idempotency() {
        return IdempotencyClass.A;
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        String body = "{\"order\":\"%s\",\"service\":\"%s\",\"to\":\"%s\",\"grams\":%s}"
                .formatted(
                        ref.orderNumber(),
                        shipment.service(),
                        shipment.order().shipTo().line1(),
                        shipment.order().grams());
        return new Prepared(ref, body.getBytes(UTF_8));
    }

    @Override
    public Outcome buy(Prepared prepared) {
        pause();
        String number = prefix + next.incrementAndGet();
        Money base = Money.of("7.42", "USD");
        Outcome.Bought sale = new Outcome.Bought(
                new ShipmentId(number),
                List.of(new ExternalNumber("tracking", 1, number)),
                List.of(
                        new Charge("shipping", base, "BASE", "Base price"),
                        new Charge("fuel", Money.of("0.58", "USD"), "FUEL", "Fuel")),
                Optional.of(label("PDF")),
                WORDS);
        if (book.put(prepared.ref().purchaseKey().toString(), sale) != null) {
            twice.incrementAndGet();
        }
        return sale;
    }

    private void pause() {
        try {
            Thread.sleep(answer.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Found find(Ref ref) {
        Outcome.Bought sale = book.get(ref.purchaseKey().toString());
        return sale == null ? new Found.Nothing() : new Found.Sold(sale);
    }

    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        return new Fetched.Ready(label(request.format()));
    }

    private static Label label(String format) {
        return new Label(List.of(new Label.Document("shipping_label", 1, format, "4x6", PAPER)));
    }
}
