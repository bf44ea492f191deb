package io.waybill.carrier.declared;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Found;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Reply;
import io.waybill.mapping.Mapping;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks an order up by its reference. */
record LookUp(Calls calls, Optional<Operation> operation, Sales sales) {
    /**
     * What was found.
     *
     * @param id of the order as it stands, sold or not; empty when there is none
     */
    record Looked(Found found, String id, boolean cancelled) {
        static Looked not(Found found) {
            return new Looked(found, "", false);
        }
    }

    /** The same as a part of a purchase. */
    LookUp within(Sales inTime) {
        return new LookUp(calls, operation, inTime);
    }

    Looked of(Ref ref) {
        if (operation.isEmpty()) {
            return Looked.not(new Found.Impossible());
        }
        return calls.ask(operation.get(), calls.words(ref))
                .read(
                        answer -> read(operation.get(), answer, ref),
                        silence -> Looked.not(new Found.Unreachable(silence)));
    }

    private Looked read(Operation find, Answer.Read answer, Ref ref) {
        Said said = calls.said(find, answer);
        if (said instanceof Said.Nothing) {
            return Looked.not(new Found.Nothing());
        }
        if (said instanceof Said.Yes yes) {
            Reply sale = sale(find.reply(), yes.answer(), ref);
            Found found = sales.found(sale, ref, Papers.AS_IT_COMES, answer.body());
            return new Looked(found, sale.required("id"), Sales.isCancelled(sale));
        }
        return Looked.not(new Found.Unreachable(said.told()));
    }

    /**
     * What the answer says as it stands where that is ours and sold; else the order among those it lists that is ours, and of several one
     * that was sold.
     *
     * @throws IllegalArgumentException when none is sold, and one that may be ours cannot be read
     */
    private static Reply sale(@Nullable Mapping mapping, Reply answer, Ref ref) {
        if (mapping == null || !mapping.members().containsKey("reference")) {
            return MappedReply.sale(mapping, answer);
        }
        OneByOne whole = new OneByOne(MissingNode.getInstance(), answer.json());
        List<OneByOne> all =
                Stream.concat(Stream.of(whole), OneByOne.of(answer)).toList();
        List<Reply> ours = all.stream()
                .flatMap(one -> readable(mapping, one.answer()).stream())
                .filter(sale -> Sales.isOurs(sale, ref))
                .toList();
        Optional<Reply> sold = ours.stream().filter(Sales::isSold).findFirst();
        if (sold.isPresent()) {
            return sold.get();
        }
        for (OneByOne one : all) {
            if (mayBeOurs(mapping, one, ref)) {
                var unused = MappedReply.sale(mapping, one.answer()); // one that cannot be read may be the sale
            }
        }
        return ours.stream().findFirst().orElseGet(() -> MappedReply.sale(mapping, answer));
    }

    /** By the reference it says; where none can be read, whether ours stands anywhere in it, whatever stands around its list. */
    private static boolean mayBeOurs(Mapping mapping, OneByOne one, Ref ref) {
        String said = MappedReply.reference(mapping, one.answer());
        return said.isEmpty()
                ? upper(one.element().toString()).contains(upper(ref.value()))
                : said.equalsIgnoreCase(ref.value());
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static Optional<Reply> readable(Mapping mapping, Reply answer) {
        try {
            return Optional.of(MappedReply.sale(mapping, answer));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** A number that was sold before: the same purchase, answered once more. */
    Outcome soldBefore(Said.No no, Ref ref, byte[] body) {
        Looked looked = of(ref);
        if (looked.found() instanceof Found.Sold sold) {
            return sold.bought();
        }
        return looked.cancelled()
                ? new Outcome.Refused("cancelled under this number before: " + no.words(), no.code(), null, body)
                : new Outcome.Unknown("sold before, and not found: " + looked.found(), body);
    }
}
