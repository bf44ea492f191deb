package io.waybill.mapping;

import java.util.Map;
import java.util.Set;

/**
 * What a mapping makes of some documents.
 *
 * @param documents how many were looked at
 * @param source source fields (paths without indexes) with the number of documents that hold something there
 * @param unread source fields that hold something in some document and that no line reads
 * @param target target fields with a line, with the number of documents where it was filled
 * @param unfilled target fields with a line that no document filled
 */
public record Coverage(
        long documents, Map<String, Long> source, Set<String> unread, Map<String, Long> target, Set<String> unfilled) {}
