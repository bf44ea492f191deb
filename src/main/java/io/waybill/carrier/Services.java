package io.waybill.carrier;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A carrier's services by our words and by its codes. */
public final class Services {
    /** Of a carrier that takes every word for one. */
    static final Services ANY = new Services(CodeTable.of("", "services", Map.of(), ""), service -> true);

    private final CodeTable words;
    private final Map<String, String> codes = new LinkedHashMap<>();
    private final Predicate<String> own;

    /** @param own which texts are the carrier's codes, so that one the table does not hold can be asked for too */
    public Services(CodeTable words, Predicate<String> own) {
        this.words = words;
        this.own = own;
        for (String code : words.codes()) {
            String word = words.word(code);
            if (codes.put(word, code) != null) {
                throw new IllegalStateException("two codes for the service " + word);
            }
        }
    }

    /** {@code services.csv} beside an adapter whose carrier writes its codes so. */
    public static Services read(Class<?> beside, String own) {
        return new Services(
                CodeTable.read(beside, "services.csv", ""), Pattern.compile(own).asMatchPredicate());
    }

    /** Ours, in the order of the table. */
    public Set<String> words() {
        return codes.keySet();
    }

    /**
     * The carrier's code for our word or for itself.
     *
     * @throws RefusedException for any other word
     */
    public String code(String service) {
        if (own.test(service)) {
            return service;
        }
        String code = codes.get(service);
        if (code == null) {
            throw Refusals.takesNot(service, "/service", codes.keySet());
        }
        return code;
    }

    /** Our word for a service, named by it or by the carrier's code; one that is in no table stays as it is, and is not counted. */
    public String named(String service) {
        return words.codes().contains(service) ? words.word(service) : service;
    }

    /** Our word, or the code itself when it is none of ours. */
    public String word(String code) {
        String word = words.word(code);
        return word.isEmpty() ? code : word;
    }
}
