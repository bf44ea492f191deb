package io.waybill.carrier.dhl_express;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Goods;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Dimensions;
import io.waybill.measure.LengthUnit;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Money;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The parcels as DHL measures them: kilograms and centimetres, pounds and inches from the US; to three places, rounded up. */
final class ExpressPackages {
    private static final CodeTable PACKAGINGS = CodeTable.read(ExpressPackages.class, "packagings.csv", "");
    private static final int PLACES = 3;
    private static final BigDecimal LEAST = BigDecimal.valueOf(1, PLACES);

    private ExpressPackages() {}

    /** @param named with what a quote does not ask for: reference and content */
    static ArrayNode of(Shipment shipment, Lane lane, boolean named) {
        ArrayNode out = RequestJson.object().arrayNode();
        List<Order.Parcel> parcels = shipment.parcels();
        for (int i = 0; i < parcels.size(); i++) {
            Order.Parcel parcel = parcels.get(i);
            String pointer = "/parcels/" + i;
            ObjectNode one = out.addObject();
            packaging(one, parcel, pointer);
            one.put(
                    "weight",
                    places(Refusals.needed(parcel.weight(), pointer + "/weight")
                            .in(mass(lane))
                            .value()));
            if (parcel.dimensions() != null) {
                one.set("dimensions", dimensions(parcel.dimensions(), lane));
            }
            if (named) {
                name(one, parcel, shipment.order());
            }
        }
        return out;
    }

    private static void name(ObjectNode out, Order.Parcel parcel, Order order) {
        if (parcel.reference() != null && !parcel.reference().isBlank()) {
            out.putArray("customerReferences")
                    .add(ExpressShipRequest.reference(parcel.reference().strip()));
        }
        RequestJson.put(out, "description", Goods.description(order, 70), 70);
    }

    static MassUnit mass(Lane lane) {
        return lane.isImperial() ? MassUnit.LB : MassUnit.KG;
    }

    private static ObjectNode dimensions(Dimensions box, Lane lane) {
        LengthUnit unit = lane.isImperial() ? LengthUnit.IN : LengthUnit.CM;
        return RequestJson.object()
                .put("length", side(box.length(), box.unit(), unit))
                .put("width", side(box.width(), box.unit(), unit))
                .put("height", side(box.height(), box.unit(), unit));
    }

    private static BigDecimal side(BigDecimal side, LengthUnit given, LengthUnit wanted) {
        return places(
                side.multiply(given.millimetres()).divide(wanted.millimetres(), PLACES * 2, RoundingMode.HALF_UP));
    }

    /** Never below what was measured and never zero. */
    static BigDecimal places(BigDecimal value) {
        BigDecimal up = value.setScale(PLACES, RoundingMode.UP).max(LEAST);
        BigDecimal plain = up.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    /** To three places, where it was given to more; what costs something never costs nothing. */
    static BigDecimal amount(Money money) {
        BigDecimal amount = money.amount();
        if (amount.scale() > PLACES) {
            BigDecimal rounded = amount.setScale(PLACES, RoundingMode.HALF_UP);
            return amount.signum() > 0 ? rounded.max(LEAST) : rounded;
        }
        return amount.scale() < 0 ? amount.setScale(0) : amount;
    }

    /** DHL's own boxes and envelopes; anything else goes without a word. */
    private static void packaging(ObjectNode out, Order.Parcel parcel, String pointer) {
        String word = Objects.requireNonNullElse(parcel.packaging(), "").strip().toLowerCase(Locale.ROOT);
        if (word.isEmpty() || word.equals("package")) {
            return;
        }
        if (!PACKAGINGS.codes().contains(word)) {
            throw Refusals.takesNot(word, pointer + "/packaging", PACKAGINGS.codes());
        }
        out.put("typeCode", PACKAGINGS.word(word));
    }
}
