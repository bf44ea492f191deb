package io.waybill.portal;

import java.util.ArrayList;
import java.util.List;

/**
 * A small chart of bars, drawn here: two values for each step of time, one beside the other. It needs no script, prints, and
 * takes its colours from the page.
 *
 * @param bars left to right
 * @param most the highest value there is
 */
public record Chart(List<Bar> bars, long most) {
    public static final int WIDTH = 720;
    public static final int HEIGHT = 120;
    private static final int GAP = 6;

    /** One rectangle, in the units of {@link #WIDTH} and {@link #HEIGHT}. */
    public record Bar(String kind, int x, int y, int width, int height, String title) {}

    /** What one step of time says. */
    record Step(String title, long first, long second) {}

    static Chart of(List<Step> steps) {
        long most = steps.stream()
                .mapToLong(step -> Math.max(step.first(), step.second()))
                .max()
                .orElse(0);
        int place = WIDTH / Math.max(1, steps.size());
        int width = Math.max(2, (place - GAP) / 2);
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            bars.add(bar("first", i * place, width, step.first(), most, step.title()));
            bars.add(bar("second", i * place + width + 1, width, step.second(), most, step.title()));
        }
        return new Chart(bars, most);
    }

    private static Bar bar(String kind, int x, int width, long value, long most, String title) {
        int height = (int) Math.round((double) value * HEIGHT / Math.max(1, most));
        return new Bar(kind, x, HEIGHT - height, width, height, title);
    }
}
