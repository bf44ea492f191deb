package io.waybill.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An anchored pattern as a table: one look per character, where a regular expression makes a matcher and goes back and
 * forth. What it accepts the pattern accepts; what it does not know, surrogates among it, is left to the pattern.
 */
final class Automaton {
    static final int OTHER = 128;
    private static final int SYMBOLS = OTHER + 1;
    private static final int MOST_STATES = 400;

    /** A state is where its row begins; below 0 there is no way on. */
    private final int[] next;

    private final boolean[] accepting;

    private Automaton(int[] next, boolean[] accepting) {
        this.next = next;
        this.accepting = accepting;
    }

    /** The table of a pattern, or null for one that is not anchored, too large, or says more than tables do. */
    static @Nullable Automaton of(String pattern) {
        States states = new States();
        int start = states.add();
        PatternReader.Part whole = PatternReader.read(pattern, states);
        return whole == null ? null : table(states, start, whole.after(start));
    }

    boolean accepts(String text) {
        int state = 0;
        for (int i = 0; i < text.length() && state >= 0; i++) {
            char c = text.charAt(i);
            state = c < OTHER ? next[state + c] : Character.isSurrogate(c) ? -1 : next[state + OTHER];
        }
        return state >= 0 && accepting[state / SYMBOLS];
    }

    /** States before there is a table: each may go on in several ways, by a character or by none. */
    static final class States {
        private record Move(@Nullable BitSet on, int to) {}

        private final List<List<Move>> moves = new ArrayList<>();

        int add() {
            moves.add(new ArrayList<>());
            return moves.size() - 1;
        }

        /** @param on characters, {@link #OTHER} for all beyond ASCII; null for none */
        void move(int from, @Nullable BitSet on, int to) {
            moves.get(from).add(new Move(on, to));
        }

        private BitSet reach(BitSet from) {
            BitSet reached = (BitSet) from.clone();
            List<Integer> open = new ArrayList<>();
            from.stream().forEach(open::add);
            while (!open.isEmpty()) {
                for (Move move : moves.get(open.remove(open.size() - 1))) {
                    if (move.on() == null && !reached.get(move.to())) {
                        reached.set(move.to());
                        open.add(move.to());
                    }
                }
            }
            return reached;
        }

        private BitSet step(BitSet from, int symbol) {
            BitSet to = new BitSet();
            from.stream()
                    .forEach(state -> moves.get(state).forEach(move -> {
                        if (move.on() != null && move.on().get(symbol)) {
                            to.set(move.to());
                        }
                    }));
            return reach(to);
        }
    }

    private static @Nullable Automaton table(States states, int start, int end) {
        Map<BitSet, Integer> numbers = new HashMap<>();
        List<BitSet> sets = new ArrayList<>();
        BitSet first = new BitSet();
        first.set(start);
        first = states.reach(first);
        numbers.put(first, 0);
        sets.add(first);
        int[] next = new int[MOST_STATES * SYMBOLS];
        for (int i = 0; i < sets.size(); i++) {
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                BitSet to = states.step(sets.get(i), symbol);
                int number = to.isEmpty() ? -1 : numbers.computeIfAbsent(to, set -> sets.size());
                if (number == sets.size()) {
                    sets.add(to);
                }
                if (sets.size() > MOST_STATES) {
                    return null;
                }
                next[i * SYMBOLS + symbol] = number * SYMBOLS;
            }
        }
        boolean[] accepting = new boolean[sets.size()];
        for (int i = 0; i < accepting.length; i++) {
            accepting[i] = sets.get(i).get(end);
        }
        return new Automaton(Arrays.copyOf(next, sets.size() * SYMBOLS), accepting);
    }
}
