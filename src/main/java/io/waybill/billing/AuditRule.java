package io.waybill.billing;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

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

    /** What a person may dispute where the audit itself claims nothing: nobody else can say whether it is owed. */
    private static final Set<AuditRule> DISPUTABLE = EnumSet.of(
            UNEXPECTED_CHARGE,
            OUTSIDE_LABEL,
            PRICE_DIFFERS,
            PRICE_UNKNOWN,
            WEIGHT_CORRECTION,
            ZONE_CORRECTION,
            INVOICE_CORRECTED);

    static boolean isDisputable(String word) {
        return DISPUTABLE.stream().anyMatch(rule -> rule.word().equals(word));
    }

    /** {@code duplicate-charge}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
