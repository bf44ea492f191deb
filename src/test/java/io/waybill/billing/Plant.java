package io.waybill.billing;

import org.jspecify.annotations.Nullable;

/** What a carrier does on the bill of one parcel, and the rule that must find it. */
enum Plant {
    NOTHING(null),
    CHARGED_TWICE("duplicate-charge"),
    CHARGED_AGAIN_LATER("duplicate-charge"),
    DEARER("price-differs"),
    ROUNDED_UP("within-tolerance"),
    WITHOUT_DISCOUNT("missing-discount"),
    MORE_FUEL("fuel"),
    DEAR_EXTRA("accessorial"),
    EXTRA_LEFT_OUT("expected-never-billed"),
    HEAVIER("weight-correction"),
    MEASURED("weight-correction"),
    LEAST_WEIGHT("minimum-weight"),
    RESIDENTIAL("residential-correction"),
    ADDRESS("address-correction"),
    ZONE("zone-correction"),
    RETURNED("returned"),
    CREDITED("credit-received"),
    DUTY("duties-and-taxes"),
    LATE("late-delivery"),
    VOIDED("voided-but-billed"),
    NEVER_SCANNED("manifested-not-shipped"),
    OTHER_CURRENCY("currency-differs"),
    OTHER_ACCOUNT("unknown-account"),
    NEVER_BOUGHT("outside-label"),
    ACCOUNT_FEE("account-fee"),
    NOT_BILLED(null);

    final @Nullable String rule;

    Plant(@Nullable String rule) {
        this.rule = rule;
    }
}
