package io.waybill.mapping;

import io.waybill.problem.Code;

/** What can be wrong with a mapping file, and with a document under a mapping. Spelled in capitals, as mappings' tests do. */
public enum MappingCode implements Code {
    // the mapping file
    UNKNOWN_MAPPING,
    BAD_YAML,
    UNKNOWN_KEY,
    UNKNOWN_VERB,
    UNKNOWN_TARGET,
    UNKNOWN_TARGET_FIELD,
    UNKNOWN_LOOKUP,
    UNKNOWN_LOOKUP_COLUMN,
    UNUSED_LOOKUP,
    DUPLICATE_KEY,
    MISSING_KEY,
    MISSING_FILE,
    BAD_VALUE,
    BAD_PATH,
    BAD_TARGET_PATH,
    BAD_EXPRESSION,
    NUMBER_NEEDED,
    TWO_SOURCES,
    CONST_BESIDE_SOURCE,
    UNIT_UNFIT,
    WHOLE_AFTER_PART,
    ROWS_WITHOUT_GROUP,
    UNWRITTEN_TARGET_FIELD,
    TEST_FAILED,
    TEST_EXISTS,
    TESTS_INLINE,
    RECORDING_DIFFERS,
    UNKNOWN_DOCUMENT,
    VERSION_REUSED,
    KEPT_VERSION_SERVES,
    KEPT_VERSION_BROKEN,
    UNKNOWN_VERSION,
    // the document
    UNKNOWN_COLUMN,
    OTHER_DELIMITER,
    OTHER_HEADER,
    UNMAPPED_SOURCE_FIELD,
    ROWS_DIFFER,
    NO_OBJECT,
    IS_A_LIST,
    REQUIRED,
    NOT_A_NUMBER,
    NOT_A_WHOLE_NUMBER,
    THOUSAND_OR_DECIMAL,
    NOT_A_DATE,
    NO_ZONE,
    DATE_OF_CELL,
    TIME_LEFT_OUT,
    TIME_SHOWN_TWICE,
    NOT_A_COUNTRY,
    NOT_A_UNIT,
    NOT_A_CURRENCY,
    NOT_ALLOWED,
    NOT_LIKE_PATTERN,
    HIDDEN_CHARACTER,
    DIGITS_LOST,
    ERROR_OF_CELL,
    OUT_OF_RANGE,
    TOO_LONG,
    TOO_SHORT,
    WRONG_TYPE,
    LOOKUP_MISS,
    EXPRESSION_FAILED,
    MAPPING_FAILED;

    @Override
    public String code() {
        return name();
    }
}
