package io.waybill.format;

/**
 * Follows an EDIFACT file letter by letter, as far as it takes to know where its segments end: by the signs the UNA of
 * the interchange gives, or the usual ones. Only a segment that begins so is a UNA or a UNZ; in a text both are letters.
 */
final class EdiSigns {
    /** The place in UNA of what makes a letter of the separator behind it; what parts repetitions stands next. */
    static final int RELEASE = 6;

    private static final int END = 8;
    private static final int UNA = 9;
    private static final int TAG = 3;

    private char release;
    private char end;
    private int place;
    private boolean advice;
    private boolean trailer;
    private boolean released;

    private boolean ended;

    EdiSigns() {
        goOn();
    }

    /** Whether the last letter ended an interchange. */
    boolean ended() {
        return ended;
    }

    /** The next interchange begins, if it does not say otherwise, with the usual signs. */
    void goOn() {
        release = '?';
        end = '\'';
        ended = false;
    }

    /** Takes the next letter; its place in a UNA, or 0 where it stands in none. */
    int take(char c) {
        if (ended) {
            goOn();
        }
        boolean isLineEnd = (c == '\r' || c == '\n') && c != end;
        boolean between = place == 0 && (c <= ' ' || c > '~');
        if (between || (isLineEnd && !(advice && place == END))) {
            return 0;
        }
        if (place == 0) {
            advice = true;
            trailer = true;
        }
        advice &= place < TAG ? c == "UNA".charAt(place) : isSign(c);
        trailer &= place >= TAG || c == "UNZ".charAt(place);
        return advice ? advised(c) : other(c);
    }

    private boolean isSign(char c) {
        return !Character.isLetterOrDigit(c) && (c != ' ' || place >= RELEASE);
    }

    private int advised(char c) {
        int here = place;
        if (here == RELEASE) {
            release = c;
        } else if (here == END) {
            end = c;
        }
        place = (here + 1) % UNA;
        return here;
    }

    private int other(char c) {
        boolean ends = c == end && !released;
        released = c == release && c != ' ' && !released;
        place = ends ? 0 : Math.min(TAG, place + 1);
        ended = ends && trailer;
        return 0;
    }
}
