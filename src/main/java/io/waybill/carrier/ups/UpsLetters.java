package io.waybill.carrier.ups;

import io.waybill.carrier.Shipment;
import io.waybill.order.Address;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The letters a label is printed in: UPS prints those of Western Europe where it is not told of others. */
final class UpsLetters {
    /** One of the languages UPS knows for each of its sets of letters. */
    private static final List<Map.Entry<Charset, String>> LANGUAGES = List.of(
            Map.entry(Charset.forName("ISO-8859-2"), "pol"),
            Map.entry(Charset.forName("ISO-8859-9"), "tur"),
            Map.entry(Charset.forName("ISO-8859-13"), "lav"));

    private UpsLetters() {}

    /** {@code CharacterSet} for the names and addresses of both ends; empty where UPS's own will do, or none has all of their letters. */
    static Optional<String> of(Shipment shipment) {
        String letters = Stream.of(shipment.order().shipTo(), shipment.shipFrom())
                .flatMap(UpsLetters::printed)
                .collect(Collectors.joining());
        String whole = Normalizer.normalize(letters, Normalizer.Form.NFC);
        String plain = whole.codePoints()
                .filter(Character::isLetter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return StandardCharsets.ISO_8859_1.newEncoder().canEncode(plain)
                ? Optional.empty()
                : LANGUAGES.stream()
                        .filter(set -> set.getKey().newEncoder().canEncode(plain))
                        .map(Map.Entry::getValue)
                        .findFirst();
    }

    private static Stream<String> printed(Address address) {
        return Stream.of(
                text(address.name()),
                text(address.company()),
                address.line1(),
                text(address.line2()),
                text(address.line3()),
                text(address.city()));
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
