package io.waybill.readiness;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.RateSheet;
import io.waybill.carrier.Rates.Rate;
import io.waybill.format.Document;
import io.waybill.order.Address;
import io.waybill.order.Order;
import io.waybill.problem.Messages;
import io.waybill.problem.Problem;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A month of somebody's orders, looked at before there is any account: what they ship, how ready their documents are, what it
 * costs by the rate sheets at hand, and what to integrate next. Nothing is taken in or bought.
 */
public final class Assessment {
    private final Readiness readiness;
    private final Profile profile = new Profile();
    private final SheetCosts costs;
    private final @Nullable Address from;
    private final Steps steps;

    /**
     * @param from who sends where an order does not say, or null; without either nothing is priced
     * @param today the day whose prices count for orders without a ship date
     */
    public Assessment(
            Readiness readiness, List<RateSheet> sheets, @Nullable Address from, Steps steps, LocalDate today) {
        this.readiness = readiness;
        this.costs = new SheetCosts(sheets, today);
        this.from = from;
        this.steps = steps;
    }

    /**
     * An order that was looked at.
     *
     * @param number as far as it can be told; empty where it cannot
     * @param order null where its document has problems
     * @param prices of every service that has one for it
     */
    public record Seen(String number, @Nullable Order order, List<Rate> prices) {}

    /** Looks at one document of the only file; answers with the order it is, or with nothing when it is none of ours. */
    public Optional<Seen> add(Document document) {
        return add(document, null);
    }

    /**
     * The same.
     *
     * @param kept which of those that were kept it is; null for one of the only file
     */
    public Optional<Seen> add(Document document, @Nullable Kept kept) {
        return readiness
                .add(document, Readiness.When.NOW, kept)
                .map(looked -> new Seen(
                        looked.number(), looked.order(), looked.order() == null ? List.of() : count(looked.order())));
    }

    private List<Rate> count(Order order) {
        Address sender = order.shipFrom() == null ? from : order.shipFrom();
        profile.add(order, sender == null ? "" : sender.country());
        boolean weighed =
                !order.parcels().isEmpty() && order.parcels().stream().allMatch(parcel -> parcel.weight() != null);
        return sender != null && weighed && costs.hasSheets() ? costs.add(order, sender) : List.of();
    }

    /** What to do: how many of the steps, one upon the other, are worth it. */
    enum Advice {
        UPLOAD,
        LABEL_API,
        TRACKING,
        REFUNDS,
        BILLING
    }

    /** A step's threshold and what was seen. */
    record Met(Advice step, boolean met, Problem said) {}

    private List<Met> met() {
        BigDecimal perDay = profile.perDay();
        BigDecimal perMonth = profile.perMonth();
        BigDecimal wrong = Share.of(readiness.documents - readiness.valid, readiness.documents);
        BigDecimal billed = Share.of(readiness.billed, readiness.documents);
        boolean any = readiness.documents > 0;
        List<Met> met = new ArrayList<>();
        met.add(met(
                Advice.LABEL_API,
                any && reaches(perDay, steps.labelApi()),
                ReadinessCode.STEP_LABEL_API,
                perDay,
                steps.labelApi()));
        met.add(met(
                Advice.LABEL_API,
                any && wrong.compareTo(steps.problemRows()) <= 0,
                ReadinessCode.STEP_PROBLEM_ROWS,
                wrong,
                steps.problemRows()));
        met.add(met(
                Advice.TRACKING,
                reaches(perDay, steps.tracking()),
                ReadinessCode.STEP_TRACKING,
                perDay,
                steps.tracking()));
        met.add(met(
                Advice.REFUNDS,
                reaches(perMonth, steps.refunds()),
                ReadinessCode.STEP_REFUNDS,
                perMonth,
                steps.refunds()));
        met.add(met(
                Advice.BILLING,
                reaches(perMonth, steps.billing()),
                ReadinessCode.STEP_BILLING,
                perMonth,
                steps.billing()));
        met.add(met(
                Advice.BILLING,
                any && reaches(billed, steps.billingFields()),
                ReadinessCode.STEP_BILLING_FIELDS,
                billed,
                steps.billingFields()));
        return met;
    }

    private static Met met(Advice step, boolean met, ReadinessCode code, BigDecimal seen, BigDecimal least) {
        return new Met(step, met, Problem.of(code, "seen", seen.toPlainString(), "threshold", least.toPlainString()));
    }

    private static boolean reaches(BigDecimal seen, BigDecimal least) {
        return seen.compareTo(least) >= 0;
    }

    /** The last step for which it and every step before it is met. */
    private static Advice advice(List<Met> met) {
        Advice advice = Advice.UPLOAD;
        for (Advice step : Advice.values()) {
            boolean missed = met.stream().anyMatch(one -> one.step() == step && !one.met());
            if (missed) {
                return advice;
            }
            advice = step;
        }
        return advice;
    }

    /** All of it; {@code code} and numbers for programs, {@code text} in this language. */
    public ObjectNode json(Locale language) {
        ObjectNode json = readiness.report().json(language);
        json.set("profile", profile.json());
        json.set("rates", costs.json(language));
        List<Met> met = met();
        Advice advice = advice(met);
        ObjectNode verdict = json.putObject("advice");
        verdict.put("code", Report.word(advice))
                .put("text", Messages.in(language).text("assess.advice." + Report.word(advice)));
        ArrayNode evidence = verdict.putArray("evidence");
        met.forEach(one -> evidence.addObject()
                .put("step", Report.word(one.step()))
                .put("met", one.met())
                .put("code", one.said().code())
                .put("text", Report.sentence(one.said(), language)));
        return json;
    }
}
