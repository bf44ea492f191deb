package io.waybill.measure;

import java.math.BigDecimal;

/** Length, width and height of a box as they were given, in one unit. */
public record Dimensions(BigDecimal length, BigDecimal width, BigDecimal height, LengthUnit unit) {

    /** Exact cubic millimetres, for volumetric weight. */
    public BigDecimal cubicMillimetres() {
        return length.multiply(width)
                .multiply(height)
                .multiply(unit.millimetres().pow(3));
    }
}
