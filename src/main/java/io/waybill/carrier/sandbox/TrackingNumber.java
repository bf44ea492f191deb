package io.waybill.carrier.sandbox;

/**
 * Sandbox tracking numbers: {@code WB}, two digits of the service, eleven of a serial, and a check digit: 16 characters.
 * The check digit is GS1's modulo 10 over the 13 digits (GS1 General Specifications, 7.9): weights 3, 1, 3, … from the
 * left, and the digit that fills the sum up to a multiple of ten. It finds every single wrong digit.
 */
final class TrackingNumber {
    private TrackingNumber() {}

    static String of(String serviceDigits, long serial) {
        String digits = serviceDigits + String.format("%011d", serial);
        return "WB" + digits + check(digits);
    }

    private static int check(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 3 : 1);
        }
        return (10 - sum % 10) % 10;
    }
}
