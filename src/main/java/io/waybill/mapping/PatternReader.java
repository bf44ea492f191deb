package io.waybill.mapping;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plain part of regular expressions: {@code ^…$} around literals, {@code \d \s \. }, classes, groups,
 * alternatives and counts.
 */
final class PatternReader {
    /** A piece of a pattern: adds its states after one, as often as it is asked, and answers where it ends. */
    interface Part {
        int after(int state);
    }

    private static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown() {
            super(null, null, false, false);
        }
    }

    private static final int MOST_COPIES = 300;

    private final String pattern;
    private final Automaton.States states;
    private int at = 1;

    private PatternReader(String pattern, Automaton.States states) {
        this.pattern = pattern;
        this.states = states;
    }

    /** The whole pattern, or null when it holds anything else. */
    static @Nullable Part read(String pattern, Automaton.States states) {
        if (pattern.length() < 2 || !pattern.startsWith("^") || !pattern.endsWith("$") || pattern.endsWith("\\$")) {
            return null;
        }
        PatternReader reader = new PatternReader(pattern, states);
        try {
            Part whole = reader.alternatives();
            return reader.at == pattern.length() - 1 ? whole : null;
        } catch (Unknown | IndexOutOfBoundsException | NumberFormatException e) {
            return null;
        }
    }

    private Part alternatives() {
        List<Part> parts = new ArrayList<>(List.of(sequence()));
        while (peek() == '|') {
            at++;
            parts.add(sequence());
        }
        return state -> {
            int end = states.add();
            for (Part part : parts) {
                int begin = states.add();
                states.move(state, null, begin);
                states.move(part.after(begin), null, end);
            }
            return end;
        };
    }

    private Part sequence() {
        List<Part> parts = new ArrayList<>();
        while (at < pattern.length() - 1 && peek() != '|' && peek() != ')') {
            parts.add(counted(atom()));
        }
        return state -> {
            int end = state;
            for (Part part : parts) {
                end = part.after(end);
            }
            return end;
        };
    }

    private Part atom() {
        char c = take();
        return switch (c) {
            case '(' -> group();
            case '[' -> one(characters());
            case '\\' -> one(known(escaped(), false));
            case '^', '$', '.', '*', '+', '?', '{', '}', ']' -> throw new Unknown();
            default -> one(known(set(c), false));
        };
    }

    private Part group() {
        if (peek() == '?') {
            at++;
            if (take() != ':') {
                throw new Unknown();
            }
        }
        Part inner = alternatives();
        if (take() != ')') {
            throw new Unknown();
        }
        return inner;
    }

    private Part one(BitSet on) {
        return state -> {
            int end = states.add();
            states.move(state, on, end);
            return end;
        };
    }

    private Part counted(Part part) {
        switch (peek()) {
            case '*' -> {
                at++;
                return times(part, 0, -1);
            }
            case '+' -> {
                at++;
                return times(part, 1, -1);
            }
            case '?' -> {
                at++;
                return times(part, 0, 1);
            }
            case '{' -> {
                int end = pattern.indexOf('}', at);
                String[] counts = pattern.substring(at + 1, end).split(",", -1);
                at = end + 1;
                int least = Integer.parseInt(counts[0]);
                int most = counts.length == 1 ? least : counts[1].isEmpty() ? -1 : Integer.parseInt(counts[1]);
                return times(part, least, most);
            }
            default -> {
                return part;
            }
        }
    }

    /** @param most -1 for any number */
    private Part times(Part part, int least, int most) {
        if (peek() == '?' || peek() == '+' || Math.max(least, most) > MOST_COPIES) {
            throw new Unknown();
        }
        return state -> {
            int end = state;
            for (int i = 0; i < least; i++) {
                end = part.after(end);
            }
            int out = states.add();
            states.move(end, null, out);
            if (most < 0) {
                states.move(part.after(out), null, out);
            }
            for (int i = least; i < most; i++) {
                end = part.after(end);
                states.move(end, null, out);
            }
            return out;
        };
    }

    private BitSet characters() {
        boolean not = peek() == '^';
        at += not ? 1 : 0;
        BitSet all = new BitSet();
        while (peek() != ']') {
            char c = take();
            if (c == '[' || c == '&') {
                throw new Unknown();
            }
            BitSet own = c == '\\' ? escaped() : set(c);
            if (peek() == '-' && pattern.charAt(at + 1) != ']') {
                at++;
                char to = take();
                BitSet last = to == '\\' ? escaped() : set(to);
                if (own.cardinality() != 1 || last.cardinality() != 1) {
                    throw new Unknown();
                }
                own.set(own.nextSetBit(0), last.nextSetBit(0) + 1);
            }
            all.or(own);
        }
        at++;
        return known(all, not);
    }

    /**
     * What a table knows of a class. For a table all characters beyond ASCII are one; where a class tells them apart, it knows none of
     * them, and the pattern is asked.
     */
    private static BitSet known(BitSet all, boolean not) {
        BitSet known = all.get(0, Automaton.OTHER);
        if (not) {
            known.flip(0, Automaton.OTHER);
            known.set(Automaton.OTHER, all.nextSetBit(Automaton.OTHER) < 0);
        }
        return known;
    }

    private BitSet escaped() {
        char c = take();
        BitSet all = new BitSet();
        switch (c) {
            case 'd' -> all.set('0', '9' + 1);
            case 's' -> " \t\n\u000B\f\r".chars().forEach(all::set);
            case 'u' -> {
                all.or(set((char) Integer.parseInt(pattern.substring(at, at + 4), 16)));
                at += 4;
            }
            default -> {
                if (Character.isLetterOrDigit(c)) {
                    throw new Unknown();
                }
                all.or(set(c));
            }
        }
        return all;
    }

    private static BitSet set(char c) {
        BitSet one = new BitSet();
        one.set(c);
        return one;
    }

    private char peek() {
        return pattern.charAt(at);
    }

    private char take() {
        return pattern.charAt(at++);
    }
}
