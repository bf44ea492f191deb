package io.waybill.billing;

import io.waybill.mapping.Mappings;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A carrier's file of invoices as it lies there, read by the layouts and the checks of those that are taken in. Nothing of it
 * is kept: what is billed for what, and which shipments are on it.
 */
public final class BillFile {
    private final String carrier;
    private final String currency;
    private final List<String> numbers;
    private final Map<ChargeGroup, LinesSum> sums;
    private final BilledShipments shipments;

    private BillFile(String carrier, AddingUp added) {
        this.carrier = carrier;
        this.currency = added.currency();
        this.numbers = added.numbers();
        this.sums = Collections.unmodifiableMap(added.sums());
        this.shipments = added.shipments();
    }

    /**
     * The carrier in whose own layout a file is, by its first row; empty where it is in none of them.
     *
     * @param name of the file
     */
    public static Optional<String> carrierOf(Content content, String name) throws IOException {
        return Layouts.carrierOf(content, name);
    }

    /**
     * Reads a file to its end.
     *
     * @param handed its account is not asked for
     * @throws ProblemException with what is wrong with the file, as when it is taken in; {@code bill-two-currencies}
     */
    public static BillFile read(Handed handed, Mappings mappings) throws IOException {
        Layout layout = new Layouts(mappings, new Contracts(Path.of(""))).named(handed);
        Faults faults = new Faults(handed.name());
        AddingUp added = new AddingUp(faults, layout);
        added.read(handed);
        if (faults.any()) {
            throw new ProblemException(faults.problems());
        }
        return new BillFile(layout.name(), added);
    }

    /** {@code ups}, or the name of a mapping. */
    public String carrier() {
        return carrier;
    }

    public String currency() {
        return currency;
    }

    /** Of its invoices. */
    public List<String> numbers() {
        return numbers;
    }

    /** What all of it comes to: the same as its groups together. */
    public BigDecimal total() {
        return sums.values().stream().map(LinesSum::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public Map<ChargeGroup, LinesSum> sums() {
        return sums;
    }

    /** Each shipment once, in the order of the file. */
    public Set<BilledShipment> shipments() {
        return shipments.all();
    }

    /** Lines that name no shipment: fees of the account, taxes on a whole invoice. */
    public LinesSum ofNoShipment() {
        return shipments.ofNone();
    }

    /** Whether anything on it can name an order. */
    public boolean hasReferences() {
        return shipments.haveReferences();
    }

    /**
     * The shipments of an order.
     *
     * @param orderId as the bill may carry it as a reference
     * @param others what else is known of it: tracking numbers are found among them
     */
    public Set<BilledShipment> of(String orderId, Collection<String> others) {
        return shipments.of(orderId, others);
    }
}
