package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A document as a channel hands it over, already in canonical shape.
 *
 * @param source the name under {@code source.*}
 * @param channel {@code api | portal | file | sql | upload | poll | webhook | edit}
 * @param canonical {@code order/1} JSON before defaults
 * @param idempotencyKey the caller's Idempotency-Key, or null
 * @param bodySha256 of the bytes the caller sent; compared when the key comes again
 * @param origin the document before its mapping; null for a channel that answers its caller at once
 * @param original the document as it came, kept beside the order it becomes; null for one that came in canonical shape
 * @param mapping name of the mapping it came through, or null
 * @param reopen a cancelled order may be taken in again
 * @param onlyNew an order that is known with other content stays as it is
 * @param actor who sent it, for the story
 * @param callsOff why its mapping says that it calls an order off or lets it wait, or null
 */
public record Submission(
        String source,
        String channel,
        JsonNode canonical,
        @Nullable String idempotencyKey,
        String bodySha256,
        @Nullable Origin origin,
        @Nullable String mapping,
        @Nullable Integer mappingVersion,
        boolean reopen,
        boolean onlyNew,
        @Nullable String actor,
        @Nullable JsonNode original,
        @Nullable String callsOff) {
    /** The channel of what a person changed in an order that was in. */
    static final String EDIT = "edit";

    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** One that came in canonical shape, or whose original is not kept. */
    public Submission(
            String source,
            String channel,
            JsonNode canonical,
            @Nullable String idempotencyKey,
            String bodySha256,
            @Nullable Origin origin,
            @Nullable String mapping,
            @Nullable Integer mappingVersion,
            boolean reopen,
            @Nullable String actor) {
        this(
                source,
                channel,
                canonical,
                idempotencyKey,
                bodySha256,
                origin,
                mapping,
                mappingVersion,
                reopen,
                false,
                actor,
                null,
                null);
    }

    /** The number it names, if that can be one. */
    @Nullable
    String orderId() {
        return canonical.path("orderId").isTextual()
                ? number(canonical.path("orderId").textValue())
                : null;
    }

    /** The same of what is said to be one. */
    static @Nullable String number(String said) {
        return said.isBlank() || said.length() > 200 || said.indexOf('\0') >= 0 ? null : said;
    }

    /** The namespace it names, if that can be one. */
    @Nullable
    String namespace() {
        String named = canonical.path("namespace").asText("");
        return NAMESPACE.matcher(named).matches() ? named : null;
    }

    /** It names a namespace that can be none: no order has it. */
    boolean isMisnamed() {
        return namespace() == null && !canonical.path("namespace").asText("").isBlank();
    }

    /** The same as {@link #namespace}, else the namespace of its source. */
    String namespaceAt(SourceSettings from) {
        String named = namespace();
        return named == null ? from.namespace() : named;
    }

    /** Problems of it, each with the field of its source document that was read there, where its mapping says which. */
    List<Problem> sourced(List<Problem> problems) {
        return origin == null ? problems : origin.sourced().apply(problems);
    }

    /** Its sender hears at once what is wrong with it, and can send it again. */
    boolean isAnsweredAtOnce() {
        return channel.equals("api") || channel.equals("portal");
    }

    boolean isEdit() {
        return channel.equals(EDIT);
    }
}
