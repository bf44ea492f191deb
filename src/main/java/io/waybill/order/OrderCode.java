package io.waybill.order;

import io.waybill.problem.Code;
import io.waybill.problem.Problem;

/** What can be wrong with an order, or with a call about one. */
public enum OrderCode implements Code {
    // the document
    NOT_JSON,
    TRUNCATED_JSON,
    EMPTY_DOCUMENT,
    DUPLICATE_FIELD,
    NESTED_TOO_DEEP,
    NOT_AN_OBJECT,
    UNKNOWN_SCHEMA,

    // its fields
    UNKNOWN_FIELD,
    MISSING_FIELD,
    WRONG_TYPE,
    BAD_VALUE,
    BAD_NUMBER,
    OUT_OF_RANGE,
    TOO_LONG,
    ZERO_CHARACTER,
    HALF_CHARACTER,
    LOST_CHARACTER,
    WEIGHT_NOT_POSITIVE,
    LENGTH_NOT_POSITIVE,
    BAD_ORDER_ID,
    BAD_NAME,
    BAD_AMOUNT,
    BAD_DATE,
    BAD_TIME,
    BAD_EMAIL,
    BAD_HS_CODE,
    BAD_SERVICE,
    UNKNOWN_CURRENCY,
    UNKNOWN_ITEM,
    DUPLICATE_PARCEL,
    NO_PARCELS,

    // its addresses
    NAME_OR_COMPANY,
    UNKNOWN_COUNTRY,
    MISSING_ADDRESS_FIELD,
    BAD_POSTAL_CODE,
    UNKNOWN_STATE,
    POSTAL_CODE_NOT_IN_STATE,
    NO_SENDER,

    // its life
    ORDER_NOT_FOUND,
    SHIPMENT_NOT_FOUND,
    ORDER_BEING_BOUGHT,
    ORDER_CONTENT_DIFFERS,
    BOUGHT_BEFORE_CHANGE,
    ORDER_CANCELLED,
    ALREADY_SHIPPED_ELSEWHERE,
    IDEMPOTENCY_KEY_REUSED,
    PARCELS_FROZEN,
    PARCELS_BEING_BOUGHT,
    LABEL_NOT_READY,
    UNSUPPORTED_FORMAT,

    // its purchase
    UNKNOWN_ACCOUNT,
    NO_ACCOUNT_FOR_SERVICE,
    UNKNOWN_SOURCE,
    CARRIER_REFUSED;

    /** In seconds, until a purchase that is under way is mostly settled. */
    private static final int SOON = 5;

    /** That a buyer is at work on an order: whoever asks again in a moment knows more. */
    public static Problem beingBought(String orderId) {
        return Problem.of(ORDER_BEING_BOUGHT, "orderId", orderId, "seconds", SOON);
    }

    /** That what is packed now may be another label's matter: whoever sends it again in a moment is told. */
    public static Problem parcelsBeingBought(String orderId, String status) {
        return Problem.of(PARCELS_BEING_BOUGHT, "orderId", orderId, "status", status, "seconds", SOON);
    }
}
