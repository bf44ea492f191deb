package io.waybill.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.billing.BillFile;
import io.waybill.billing.BilledShipment;
import io.waybill.carrier.Rates.Rate;
import io.waybill.ledger.Amounts;
import io.waybill.order.Order;
import io.waybill.problem.Problem;
import io.waybill.readiness.Assessment.Seen;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The orders of a month beside the carrier's bill of it: who is on it, who is not, and how it differs from the rate sheets. */
final class SheetAndBill {
    /** So many orders and shipments are named; all are counted. */
    private static final int NAMED = 10;

    private final BillFile bill;
    private final Set<String> orders = new HashSet<>();
    private final Set<BilledShipment> found = new HashSet<>();
    private final Set<BilledShipment> priceless = new HashSet<>();
    private final List<Priced> priced = new ArrayList<>();
    private final List<String> notBilled = new ArrayList<>();

    /** A billed order the rate sheets have a price for. */
    private record Priced(Set<BilledShipment> shipments, BigDecimal expected) {}

    SheetAndBill(BillFile bill) {
        this.bill = bill;
    }

    /** Looks an order up, one with problems too; one that stands in the sheet again is the same. */
    void add(Seen seen) {
        Order order = seen.order();
        String number = order == null ? seen.number().strip() : order.orderId();
        if (number.isEmpty() || !orders.add(number)) {
            return;
        }
        Set<BilledShipment> shipments = bill.of(
                number,
                order == null
                        ? List.of()
                        : order.identifiers().stream()
                                .map(Order.Identifier::value)
                                .toList());
        if (shipments.isEmpty()) {
            notBilled.add(number);
            return;
        }
        found.addAll(shipments);
        expected(order == null ? null : order.service(), seen.prices())
                .ifPresentOrElse(price -> priced.add(new Priced(shipments, price)), () -> priceless.addAll(shipments));
    }

    /** By the service the order asks for, where a sheet has it, else by the cheapest. */
    private Optional<BigDecimal> expected(@Nullable String service, List<Rate> prices) {
        return least(prices.stream()
                        .filter(rate -> rate.service().equalsIgnoreCase(service))
                        .toList())
                .or(() -> least(prices));
    }

    private Optional<BigDecimal> least(List<Rate> prices) {
        return prices.stream()
                .flatMap(rate -> Optional.ofNullable(rate.total()).stream())
                .filter(total -> total.currency().getCurrencyCode().equals(bill.currency()))
                .map(total -> total.amount())
                .min(Comparator.naturalOrder());
    }

    /** Why nothing could be looked up. */
    Optional<Problem> problem() {
        return found.isEmpty() && !bill.hasReferences()
                ? Optional.of(Problem.of(CommandCode.BILL_WITHOUT_REFERENCES, "carrier", bill.carrier()))
                : Optional.empty();
    }

    ObjectNode json(Locale language) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("carrier", bill.carrier())
                .put("invoices", bill.numbers().size())
                .put("currency", bill.currency())
                .put("total", Amounts.plain(bill.total()));
        ArrayNode types = json.putArray("types");
        bill.sums()
                .forEach((group, sum) -> types.addObject()
                        .put("type", group.word())
                        .put("lines", sum.lines())
                        .put("amount", Amounts.plain(sum.amount())));
        problem()
                .ifPresent(problem ->
                        json.putObject("problem").put("code", problem.code()).put("text", problem.sentence(language)));
        named(
                json.putObject("orders")
                        .put("looked", orders.size())
                        .put("billed", orders.size() - notBilled.size())
                        .put("notBilled", notBilled.size()),
                notBilled);
        List<BilledShipment> nobodys = bill.shipments().stream()
                .filter(shipment -> !found.contains(shipment))
                .toList();
        named(
                json.putObject("shipments")
                        .put("billed", bill.shipments().size())
                        .put("nobodys", nobodys.size())
                        .put("nobodysAmount", Amounts.plain(sum(nobodys, BilledShipment::amount))),
                nobodys.stream().map(BilledShipment::name).toList());
        json.putObject("ofNoShipment")
                .put("lines", bill.ofNoShipment().lines())
                .put("amount", Amounts.plain(bill.ofNoShipment().amount()));
        compared(json.putObject("compared"));
        return json;
    }

    private static void named(ObjectNode json, List<String> names) {
        ArrayNode some = json.putArray("examples");
        names.stream().limit(NAMED).forEach(some::add);
    }

    /** Orders that share a shipment with one that has no price are left out: it is billed for all of them. */
    private void compared(ObjectNode json) {
        List<Priced> clear = priced.stream()
                .filter(order -> order.shipments().stream().noneMatch(priceless::contains))
                .toList();
        BigDecimal expected = clear.stream().map(Priced::expected).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal billed = sum(
                clear.stream().flatMap(order -> order.shipments().stream()).collect(Collectors.toSet()),
                BilledShipment::untaxed);
        json.put("orders", clear.size())
                .put("billed", Amounts.plain(billed))
                .put("expected", Amounts.plain(expected))
                .put("difference", Amounts.plain(billed.subtract(expected)));
    }

    private static BigDecimal sum(Collection<BilledShipment> shipments, Function<BilledShipment, BigDecimal> of) {
        return shipments.stream().map(of).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
