package io.waybill.dispatch;

import io.waybill.carrier.Breaker;
import io.waybill.dispatch.Purchase.Unsent;
import io.waybill.ledger.AtOnce.Claim;
import io.waybill.ledger.AtOnce.Seat;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker of {@code buyers}, kept for the purchase of an order that is being taken in. */
final class KeptWorker implements Seat {
    private static final Logger LOG = LoggerFactory.getLogger(KeptWorker.class);

    private final Buyers buyers;
    private final Unsent unsent;
    private final Breaker.Pass pass;
    private final Executor worker;

    /** By {@link Outside#nanos}. */
    private volatile long claimed;

    KeptWorker(Buyers buyers, Unsent unsent, Breaker.Pass pass, Executor worker) {
        this.buyers = buyers;
        this.unsent = unsent;
        this.pass = pass;
        this.worker = worker;
    }

    Buyers buyers() {
        return buyers;
    }

    String namespace() {
        return unsent.intent().order().namespace();
    }

    /** T1, to go to disk with T0. */
    Claim claim() {
        claimed = buyers.intents().now();
        return buyers.intents().claim(unsent.intent());
    }

    @Override
    public void begin() {
        long since = claimed;
        buyers.begun(unsent.intent().order());
        try {
            worker.execute(() -> buyers.send(unsent, since, pass));
        } catch (RejectedExecutionException e) {
            LOG.info("{} was taken in while the hub stopped; it waits for the next start", shipment());
            notBegun();
        } catch (Error e) { // no thread to be had
            LOG.error("no worker can buy {} now; it is ready again", shipment(), e);
            notBegun();
        }
    }

    private void notBegun() {
        try {
            neverSent();
        } finally {
            buyers.over(unsent.intent().order());
        }
    }

    /** Whoever took its order in is not held up by a database that is gone. */
    @Override
    public void doubt() {
        try {
            worker.execute(this::neverSent);
        } catch (RejectedExecutionException | Error e) { // no thread to be had
            neverSent();
        }
    }

    /** Its claim goes back, if it is on disk. */
    private void neverSent() {
        try {
            buyers.intents().neverSent(unsent.intent());
        } catch (RuntimeException | Error e) { // memory that is short, too
            LOG.warn("{} may be claimed and was not sent; recovery settles it: {}", shipment(), e.toString());
        } finally {
            giveBack();
        }
    }

    @Override
    public void giveBack() {
        pass.giveBack();
        buyers.leave(shipment());
    }

    private String shipment() {
        return unsent.intent().row().id();
    }
}
