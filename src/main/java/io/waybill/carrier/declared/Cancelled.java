package io.waybill.carrier.declared;

import io.waybill.carrier.PriceParts;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Voids.Voided;
import io.waybill.measure.Money;
import java.util.Optional;

/** What a carrier says of giving a label back. */
final class Cancelled {
    private Cancelled() {}

    static Voided read(Operation operation, Said said, Tables tables) {
        if (said instanceof Said.Nothing nothing) {
            return new Voided.Refused("label_not_found", nothing.words());
        }
        if (said instanceof Said.No no) {
            return switch (no.kind()) {
                case "refused" -> new Voided.Refused(tables.voids().word(no.code()), no.words());
                default -> new Voided.Unknown(no.words());
            };
        }
        if (operation.reply() == null
                || !(said instanceof Said.Yes yes)
                || !yes.answer().isPresent()) {
            return new Voided.Done(null);
        }
        Reply answer = MappedReply.voided(operation.reply(), yes.answer());
        String words = answer.text("words");
        return switch (answer.required("status")) {
            case "done" ->
                new Voided.Done(PriceParts.beside(() -> refund(answer)).orElse(null));
            case "pending" -> new Voided.Pending(words.isEmpty() ? "the carrier decides later" : words);
            default -> {
                String code = answer.text("code");
                yield new Voided.Refused(tables.voids().word(code), words.isEmpty() ? code : words);
            }
        };
    }

    private static Optional<Money> refund(Reply answer) {
        String sum = answer.text("refund");
        return sum.isEmpty() ? Optional.empty() : Optional.of(Prices.money(sum, answer.required("currency")));
    }
}
