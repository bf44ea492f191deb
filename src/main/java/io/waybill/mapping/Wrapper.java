package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import org.jspecify.annotations.Nullable;

/**
 * What a document may come in: some systems send {@code {"order": {...}}} on one channel and the order alone on another.
 *
 * @param name of the field that holds the document, or null where it always comes alone
 * @param ignoresSiblings whether what stands beside that field is ignored; else nothing may
 */
record Wrapper(@Nullable String name, boolean ignoresSiblings) {

    JsonNode unwrap(JsonNode tree) {
        return wraps(tree) ? tree.path(name) : tree;
    }

    Document unwrap(Document document) {
        return wraps(document.tree()) ? document.withTree(unwrap(document.tree())) : document;
    }

    private boolean wraps(JsonNode tree) {
        return name != null && tree.path(name).isObject() && (tree.size() == 1 || ignoresSiblings);
    }
}
