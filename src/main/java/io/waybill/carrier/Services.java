package io.waybill.carrier;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A carrier's services by our words and by its codes: {@code services.csv} beside the adapter. */
public final class Services {
    private final CodeTable words;
    private final Map<String, String> codes;
    private final Pattern own;

    private Services(CodeTable words, Pattern own) {
        this.words = words;
        this.own = own;
        this.codes = words.codes().stream().collect(Collectors.toMap(words::word, Function.identity()));
    }

    /** @param own how the carrier's codes are written, so that one the table does not hold can be asked for too */
    public static Services read(Class<?> beside, String own) {
        return new Services(CodeTable.read(beside, "services.csv", ""), Pattern.compile(own));
    }

    /**
     * The carrier's code for our word or for itself.
     *
     * @throws RefusedException for any other word
     */
    public String code(String service) {
        if (own.matcher(service).matches()) {
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
