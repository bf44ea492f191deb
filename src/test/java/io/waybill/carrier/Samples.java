package io.waybill.carrier;

import io.waybill.measure.Dimensions;
import io.waybill.measure.LengthUnit;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Weight;
import io.waybill.order.Address;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Shipments that carrier tests buy. */
public final class Samples {
    public static final LabelRequest PDF = new LabelRequest("PDF", "4x6", 203);
    public static final Address WAREHOUSE = new Address(
            "Acme Warehouse",
            "Acme Inc",
            "500 Dock Rd",
            null,
            null,
            "Newark",
            "NJ",
            "07102",
            "US",
            "+12015550100",
            null,
            false,
            null);

    private Samples() {}

    public static Address home(String name) {
        return new Address(
                name,
                null,
                "1 Main St",
                "Apt 4",
                null,
                "Austin",
                "TX",
                "78701",
                "US",
                "+15125550100",
                null,
                true,
                null);
    }

    /** The warehouse of a sender with this tax id. */
    public static Address taxed(String taxId) {
        return new Address(
                "Acme Warehouse",
                "Acme Inc",
                "500 Dock Rd",
                null,
                null,
                "Newark",
                "NJ",
                "07102",
                "US",
                "+12015550100",
                null,
                false,
                taxId);
    }

    public static Shipment shipment(Address to, String service, LabelRequest label, String... kilograms) {
        List<Order.Parcel> parcels = Stream.of(kilograms).map(Samples::parcel).toList();
        Order order = new Order(
                "SO-1001", "acme", null, null, List.of(), WAREHOUSE, to, service, null, null, parcels, List.of(), null,
                null, null, null, Map.of());
        return new Shipment(order, 1, service, WAREHOUSE, parcels, label);
    }

    public static Shipment shipment() {
        return shipment(home("Jane Roe"), "ground", PDF, "1.2");
    }

    /** A reference nobody used before. */
    public static Ref ref() {
        UUID key = UUID.randomUUID();
        return new Ref("WB" + key.toString().replace("-", "").substring(0, 24).toUpperCase() + "-1", key, "SO-1001");
    }

    private static Order.Parcel parcel(String kilograms) {
        return new Order.Parcel(
                null,
                Weight.of(kilograms, MassUnit.KG),
                new Dimensions(new BigDecimal("30"), new BigDecimal("20"), new BigDecimal("10"), LengthUnit.CM),
                null,
                List.of());
    }
}
