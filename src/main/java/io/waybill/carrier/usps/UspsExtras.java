package io.waybill.carrier.usps;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Goods;
import io.waybill.carrier.Payers;
import io.waybill.carrier.Refusals;
import io.waybill.measure.Money;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Extra services by their codes.
 *
 * @param value what is insured, in US dollars, or null
 */
record UspsExtras(List<Integer> codes, @Nullable BigDecimal value) {
    private static final int SIGNATURE = 921;
    private static final int SIGNATURE_OF_EXPRESS = 981;
    private static final int ADULT_SIGNATURE = 922;
    private static final int INSURANCE = 930;
    private static final int INSURANCE_ABOVE = 931;
    private static final int INSURANCE_OF_EXPRESS = 925;
    private static final BigDecimal LITTLE = new BigDecimal(500);

    /** For any service of the lane: Priority Mail Express has its own beside those of the others. */
    static UspsExtras of(Order order, UspsLane lane) {
        UspsExtras most = of(order, lane, "");
        List<Integer> codes = Stream.of(most, of(order, lane, "PRIORITY_MAIL_EXPRESS"))
                .flatMap(extras -> extras.codes.stream())
                .distinct()
                .toList();
        return new UspsExtras(codes, most.value);
    }

    /** @throws io.waybill.carrier.RefusedException for what USPS does not do */
    static UspsExtras of(Order order, UspsLane lane, String mailClass) {
        requirePaidBySender(order, lane);
        Order.Options options = order.options();
        List<Integer> codes = new ArrayList<>();
        if (options == null) {
            return new UspsExtras(codes, null);
        }
        String batteries = Objects.requireNonNullElse(options.batteries(), "none");
        if (!batteries.equals("none")) {
            throw Refusals.takesNot(batteries, "/options/batteries", "none");
        }
        String signature = Objects.requireNonNullElse(options.signature(), "none");
        if (!signature.equals("none") && !lane.isReturn()) {
            codes.add(signature(signature, lane, mailClass));
        }
        Money insured = Goods.insured(options);
        if (insured == null) {
            return new UspsExtras(codes, null);
        }
        BigDecimal value = dollars(insured, "/options/insuredValue");
        codes.add(insurance(value, lane, mailClass));
        return new UspsExtras(codes, value);
    }

    private static int signature(String asked, UspsLane lane, String mailClass) {
        if (lane.isAbroad()) {
            throw Refusals.takesNot(asked, "/options/signature", "none");
        }
        if (asked.equals("adult")) {
            return ADULT_SIGNATURE;
        }
        return UspsServices.isExpress(mailClass) ? SIGNATURE_OF_EXPRESS : SIGNATURE;
    }

    private static int insurance(BigDecimal value, UspsLane lane, String mailClass) {
        if (!lane.isAbroad() && UspsServices.isExpress(mailClass)) {
            return INSURANCE_OF_EXPRESS;
        }
        return value.compareTo(LITTLE) > 0 ? INSURANCE_ABOVE : INSURANCE;
    }

    /** The account pays; duties are the recipient's. */
    private static void requirePaidBySender(Order order, UspsLane lane) {
        Payers payers = Payers.of(order, lane.isReturn());
        if (!payers.transport().equals("sender")) {
            throw Refusals.takesNot(payers.transport(), "/billing/payer", "sender");
        }
        String duties = payers.duties().orElse("recipient");
        if (lane.isAbroad() && !duties.equals("recipient")) {
            boolean named = payers.billing().dutiesPayer() != null;
            throw Refusals.takesNot(
                    named ? duties : "DDP",
                    named ? "/billing/dutiesPayer" : "/customs/incoterm",
                    named ? "recipient" : "DAP, DDU");
        }
    }

    /** @throws io.waybill.carrier.RefusedException in any other currency */
    static BigDecimal dollars(Money money, String pointer) {
        String currency = money.currency().getCurrencyCode();
        if (!currency.equals("USD")) {
            throw Refusals.takesNot(currency, pointer + "/currency", "USD");
        }
        return money.amount().setScale(2, RoundingMode.HALF_UP);
    }

    void put(ObjectNode out) {
        ArrayNode services = out.putArray("extraServices");
        codes.forEach(services::add);
        if (value != null) {
            out.putObject("packageOptions").put("packageValue", value);
        }
    }

    void putForPrices(ObjectNode out) {
        if (!codes.isEmpty()) {
            ArrayNode services = out.putArray("extraServices");
            codes.forEach(services::add);
        }
        if (value != null) {
            out.put("packageValue", value);
        }
    }

    /** Whether an extra service in an answer was asked for; the price of others is only told. */
    boolean holds(String code) {
        return codes.stream().anyMatch(asked -> String.valueOf(asked).equals(code));
    }
}
