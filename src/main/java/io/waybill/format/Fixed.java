package io.waybill.format;

/**
 * How fixed-length lines are cut.
 *
 * @param layout where their fields stand; of an IDoc what is to be known beside the segments that ship
 * @param bytes lengths are bytes in the file's charset, not characters
 */
public record Fixed(Layout layout, boolean bytes) {
    static final Fixed NONE = new Fixed(Layout.NONE, false);
}
