package io.waybill.carrier.sandbox;

import io.waybill.carrier.Lane;
import io.waybill.carrier.Payers;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Money;
import io.waybill.order.Order;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an order wishes that costs more at other carriers. The sandbox takes nothing for it, and its label names it: who tries an order sees that it was understood. */
final class Wishes {
    private static final Order.Options NONE = new Order.Options(null, null, null, null, null, null);

    private Wishes() {}

    /** In words for a label: {@code signature adult}. */
    static List<String> of(Shipment shipment) {
        Order.Options options = Optional.ofNullable(shipment.order().options()).orElse(NONE);
        boolean isReturn = Lane.of(shipment).isReturn();
        Payers payers = Payers.of(shipment.order(), isReturn);
        return Stream.of(
                        Optional.of("return").filter(word -> isReturn),
                        named("signature", options.signature()),
                        Optional.ofNullable(options.insuredValue()).map(Wishes::insured),
                        Optional.of("Saturday").filter(word -> Boolean.TRUE.equals(options.saturday())),
                        named("batteries", options.batteries()),
                        Optional.of(payers.transport())
                                .filter(payer -> !payer.equals("sender"))
                                .map(payer -> "paid by " + payer),
                        payers.duties()
                                .filter(payer -> !payer.equals("recipient"))
                                .map(payer -> "duties by " + payer))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> named(String wish, @Nullable String word) {
        return Optional.ofNullable(word).filter(said -> !said.equals("none")).map(said -> wish + " " + said);
    }

    private static String insured(Money value) {
        return "insured " + value;
    }
}
