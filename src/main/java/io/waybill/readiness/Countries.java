package io.waybill.readiness;

import io.waybill.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Addresses by country: how many obey its rules, and what is wrong with the others. */
final class Countries {
    private static final int MOST = 300;
    private static final int MOST_CODES = 20;
    private static final String OTHERS = "??";

    private final Map<String, Country> countries = new TreeMap<>();

    static final class Country {
        private long documents;
        private long valid;
        private final Tally problems = new Tally(MOST_CODES);

        long documents() {
            return documents;
        }

        long valid() {
            return valid;
        }

        Tally problems() {
            return problems;
        }
    }

    void add(String name, List<Problem> problems) {
        boolean room = countries.containsKey(name) || countries.size() < MOST;
        Country country = countries.computeIfAbsent(name.isEmpty() || !room ? OTHERS : name, n -> new Country());
        country.documents++;
        country.valid += problems.isEmpty() ? 1 : 0;
        problems.forEach(problem -> country.problems.add(problem.code()));
    }

    Map<String, Country> all() {
        return countries;
    }

    long documents() {
        return countries.values().stream().mapToLong(Country::documents).sum();
    }

    long valid() {
        return countries.values().stream().mapToLong(Country::valid).sum();
    }
}
