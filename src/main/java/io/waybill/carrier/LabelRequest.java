package io.waybill.carrier;

/** Format {@code PDF PNG ZPL EPL2}, size {@code 4x6 4x8 A4 A5 A6 letter}, dots per inch 203 or 300. */
public record LabelRequest(String format, String size, int dpi) {}
