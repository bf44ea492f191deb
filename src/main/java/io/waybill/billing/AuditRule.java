package io.waybill.billing;

import java.util.Locale;

/**
 * Why an invoice differs from what was expected: the one list. What a rule means and what to do about it are {@code
 * audit.<rule>} and {@code audit.<rule>.todo} of the message bundles.
 */
enum AuditRule {
    DUPLICATE_CHARGE,
    VOIDED_BUT_BILLED,
    MANIFESTED_NOT_SHIPPED,
    ORPHAN_BILLED,
    WEIGHT_CORRECTION,
    MINIMUM_WEIGHT,
    RESIDENTIAL_CORRECTION,
    ADDRESS_CORRECTION,
    ZONE_CORRECTION,
    MISSING_DISCOUNT,
    FUEL,
    ACCESSORIAL,
    PRICE_DIFFERS,
    PRICE_UNKNOWN,
    UNEXPECTED_CHARGE,
    EXPECTED_NEVER_BILLED,
    BILLED_LATER,
    WITHIN_TOLERANCE,
    CURRENCY_DIFFERS,
    LATE_DELIVERY,
    CREDIT_RECEIVED,
    DUTIES_AND_TAXES,
    RETURNED,
    INVOICE_CORRECTED,
    UNKNOWN_ACCOUNT,
    OUTSIDE_LABEL,
    ACCOUNT_FEE;

    /** {@code duplicate-charge}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
