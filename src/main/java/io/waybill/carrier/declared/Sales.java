package io.waybill.carrier.declared;

import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.PriceParts;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ShipmentId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Purchases and labels, from the shapes that replies' mappings write. */
final class Sales {
    private final Tables tables;
    private final Papers papers;
    private final int most;

    /** @param most how many parcels a shipment may have */
    Sales(Tables tables, Papers papers, int most) {
        this.tables = tables;
        this.papers = papers;
        this.most = most;
    }

    /** For a purchase that begins now: a label that it has no time for comes later. */
    Sales ofPurchase() {
        return new Sales(tables, papers.ofPurchase(), most);
    }

    /**
     * {@code purchase/1}.
     *
     * @throws IllegalArgumentException when it is about another order
     */
    Outcome.Bought bought(Reply sale, Ref ref, LabelRequest wanted, byte[] response) {
        requireOurs(sale, ref);
        ShipmentId id = new ShipmentId(sale.required("id"));
        List<ExternalNumber> numbers = numbers(sale, Optional.of(id));
        Set<Integer> parcels = parcels(numbered(numbers));
        return new Outcome.Bought(
                id,
                numbers,
                PriceParts.ofSale(() -> Prices.charges(sale, tables.charges())),
                unnumbered(sale, parcels).isPresent()
                        ? Optional.empty()
                        : papers.label(sale.at("label"), parcels, wanted),
                response);
    }

    private static void requireOurs(Reply sale, Ref ref) {
        if (!sale.text("reference").isEmpty() && !isOurs(sale, ref)) {
            throw new IllegalArgumentException("it is about another reference than " + ref.value());
        }
    }

    /** Whether it says that it is about our reference. */
    static boolean isOurs(Reply sale, Ref ref) {
        return sale.text("reference").equalsIgnoreCase(ref.value());
    }

    /** What was found under a reference: a draft and a cancelled order were not sold. */
    Found found(Reply sale, Ref ref, LabelRequest wanted, byte[] response) {
        requireOurs(sale, ref);
        return isSold(sale) ? new Found.Sold(bought(sale, ref, wanted, response)) : new Found.Nothing();
    }

    static boolean isSold(Reply sale) {
        return sale.text("status").isEmpty() || sale.text("status").equals("sold");
    }

    static boolean isCancelled(Reply sale) {
        return sale.text("status").equals("cancelled");
    }

    /** {@code label/1}. */
    Fetched fetched(Reply answer, LabelRequest wanted) {
        Reply label = answer.at("label");
        String why = label.text("why");
        if (label.text("status").equals("gone")) {
            return new Fetched.Gone(why.isEmpty() ? "the carrier says that it makes no label" : why);
        }
        List<ExternalNumber> numbers = numbers(answer, Optional.empty());
        Set<Integer> parcels = parcels(Stream.concat(wanted.numbers().keySet().stream(), numbered(numbers)));
        Optional<Integer> unnumbered = unnumbered(answer, parcels);
        if (unnumbered.isPresent()) {
            return new Fetched.NotYet("parcel " + unnumbered.get() + " has no number yet");
        }
        Optional<Label> papers = this.papers.label(label, parcels, wanted);
        if (papers.isEmpty()) {
            return new Fetched.NotYet(why.isEmpty() ? "the carrier has no label yet" : why);
        }
        return new Fetched.Ready(
                papers.get(), numbers, PriceParts.ofSale(() -> Prices.charges(answer, tables.charges())));
    }

    /**
     * Of a sale that told its label by an address, from which it may come though it was pending then; empty where it told none so, or
     * a parcel had no number then and has none by now.
     */
    Optional<Fetched> reread(Reply sale, LabelRequest wanted) {
        Reply label = sale.at("label");
        if (!Papers.isAtAddress(label) || label.text("status").equals("gone")) {
            return Optional.empty();
        }
        Set<Integer> parcels =
                parcels(Stream.concat(wanted.numbers().keySet().stream(), numbered(numbers(sale, Optional.empty()))));
        if (unnumbered(sale, parcels).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(papers.stated(label, parcels, wanted)
                .<Fetched>map(Fetched.Ready::new)
                .orElseGet(() -> new Fetched.NotYet("no label comes from the address the carrier told")));
    }

    private static Stream<Integer> numbered(List<ExternalNumber> numbers) {
        return numbers.stream()
                .filter(number -> number.kind().equals("tracking") && number.parcel() > 0)
                .map(ExternalNumber::parcel);
    }

    /** One parcel may have several numbers, which are told as if they were of several. */
    private Set<Integer> parcels(Stream<Integer> numbered) {
        return numbered.map(parcel -> Math.min(parcel, most)).collect(Collectors.toSet());
    }

    /** The label where an answer is one, and not words about it. */
    Optional<Label> file(byte[] answer, LabelRequest wanted) {
        return papers.file(answer, wanted);
    }

    /** The label at an address; empty when there is none that can be read now. */
    Optional<Label> fileAt(String address, LabelRequest wanted) {
        return papers.fileAt(address, wanted);
    }

    /** Every number that is known by now, each once. */
    private static List<ExternalNumber> numbers(Reply answer, Optional<ShipmentId> id) {
        Set<ExternalNumber> numbers = new LinkedHashSet<>();
        id.ifPresent(known -> numbers.add(new ExternalNumber("shipment", 0, known.value())));
        List<ExternalNumber> listed = listed(answer);
        String first = answer.text("trackingNumber");
        boolean ofAll = listed.stream()
                .anyMatch(one -> isFirstParcels(one) && !one.value().equals(first));
        add(numbers, ofAll ? "shipment" : "tracking", ofAll ? 0 : 1, first);
        numbers.addAll(listed);
        add(numbers, "agent", 0, answer.text("agentNumber"));
        add(numbers, "last_mile", 0, answer.text("lastMileNumber"));
        return List.copyOf(numbers);
    }

    private static boolean isFirstParcels(ExternalNumber number) {
        return number.kind().equals("tracking") && number.parcel() == 1;
    }

    /** Those that are known: what has no value yet has its place all the same. */
    private static List<ExternalNumber> listed(Reply answer) {
        List<ExternalNumber> listed = new ArrayList<>();
        int parcel = 0;
        for (Reply number : answer.list("numbers")) {
            boolean isTracking = kind(number).equals("tracking");
            parcel += isTracking ? 1 : 0;
            if (!number.text("value").isEmpty()) {
                int place = place(number, isTracking ? parcel : 0);
                listed.add(new ExternalNumber(kind(number), place, number.text("value")));
            }
        }
        return listed;
    }

    /** One of its parcels that is listed without a number, so that what there is of its label is not the whole. */
    private Optional<Integer> unnumbered(Reply answer, Set<Integer> numbered) {
        return tracked(answer).filter(parcel -> !numbered.contains(parcel)).findFirst();
    }

    /** The parcels whose tracking numbers are listed, known or not. */
    private Stream<Integer> tracked(Reply answer) {
        List<Reply> tracking = answer.list("numbers").stream()
                .filter(number -> kind(number).equals("tracking"))
                .toList();
        return IntStream.range(0, tracking.size())
                .map(i -> place(tracking.get(i), i + 1))
                .filter(parcel -> parcel > 0)
                .mapToObj(parcel -> Math.min(parcel, most));
    }

    private static String kind(Reply number) {
        return number.text("kind").isEmpty() ? "tracking" : number.text("kind");
    }

    private static int place(Reply number, int otherwise) {
        String place = number.text("parcel");
        return place.isEmpty() ? otherwise : Integer.parseInt(place);
    }

    private static void add(Set<ExternalNumber> numbers, String kind, int parcel, String value) {
        if (!value.isEmpty()) {
            numbers.add(new ExternalNumber(kind, parcel, value));
        }
    }
}
