package io.waybill.carrier;

import io.waybill.measure.Dimensions;
import io.waybill.measure.Weight;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * A parcel as a rate sheet sees it.
 *
 * @param kilograms the greater of weight and volume
 * @param actual what it weighs
 * @param longest its longest side in cm, zero when its size is not known
 * @param girth the longest side plus twice the other two, in cm
 */
record SheetParcel(BigDecimal kilograms, BigDecimal actual, BigDecimal longest, BigDecimal girth) {
    private static final BigDecimal THOUSAND = new BigDecimal(1000);
    private static final BigDecimal TEN = BigDecimal.TEN;
    private static final BigDecimal TWO = new BigDecimal(2);

    static SheetParcel of(Order.Parcel parcel, SheetService service) {
        Weight weight = parcel.weight();
        BigDecimal kilograms = weight == null ? BigDecimal.ZERO : weight.grams().divide(THOUSAND);
        Dimensions size = parcel.dimensions();
        if (size == null) {
            return new SheetParcel(kilograms, kilograms, BigDecimal.ZERO, BigDecimal.ZERO);
        }
        List<BigDecimal> sides = Stream.of(size.length(), size.width(), size.height())
                .map(side -> side.multiply(size.unit().millimetres()).divide(TEN))
                .sorted()
                .toList();
        BigDecimal girth = sides.get(2).add(sides.get(0).add(sides.get(1)).multiply(TWO));
        BigDecimal volume = service.volume(size.cubicMillimetres().divide(THOUSAND));
        return new SheetParcel(kilograms.max(volume), kilograms, sides.get(2), girth);
    }
}
