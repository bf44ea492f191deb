package io.waybill.mapping;

import java.util.List;

/**
 * How one target field came about.
 *
 * @param field JSON pointer of the target
 * @param line of the mapping file
 * @param source what was read, as the mapping names it
 * @param raw the value found there, or empty
 * @param verbs what was done to it, in order
 * @param result the value written, empty when none was, or the code of the problem
 */
public record Explained(String field, int line, String source, String raw, List<String> verbs, String result) {}
