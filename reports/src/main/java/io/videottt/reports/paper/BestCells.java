package io.videottt.reports.paper;

import io.videottt.reports.Difference;
import io.videottt.reports.Measurement;
import io.videottt.reports.VideoResult;
import io.videottt.reports.table.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the number that is to stand out among those that compete, if any: the highest, where it can
 * be told from the others. It must gain over the fixed model by its interval, and its lead over the
 * next must be more than the interval allows for; the fixed model itself stands out where the next
 * loses by its interval. A single number has nothing to be better than.
 */
final class BestCells {

  private static final String FIXED = "mae-joint-training";

  /** What a reader must know where a cell stands out. */
  static final String NOTE =
      "Bold: the best of the paper's methods, where it can be told from the fixed model and its"
          + " lead over the next is more than its own 95 % interval allows for; controls do not"
          + " compete.";

  private BestCells() {}

  /**
   * A number that competes.
   *
   * @param place its cell
   * @param value percent, NaN where there is none
   * @param fixed whether it is the fixed model's
   * @param difference to the fixed model, where it was compared
   */
  record Competitor(
      Table.Place place, double value, boolean fixed, Optional<Difference> difference) {

    /** A result over all videos. */
    static Competitor of(Table.Place place, Measurement m) {
      return new Competitor(place, m.frameMean(), isFixed(m), m.difference());
    }

    /** The result of a video. */
    static Competitor of(Table.Place place, Measurement m, VideoResult video) {
      return new Competitor(place, video.frameMean(), isFixed(m), video.difference());
    }

    private static boolean isFixed(Measurement m) {
      return m.method().equals(FIXED) && m.variant().isEmpty();
    }

    boolean gains() {
      return difference.filter(d -> d.sameVideos().lower() > 0).isPresent();
    }

    boolean loses() {
      return difference.filter(d -> d.sameVideos().upper() < 0).isPresent();
    }

    /** How far below its estimate it may lie. */
    double slack() {
      return difference.map(d -> d.estimate() - d.sameVideos().lower()).orElse(Double.NaN);
    }
  }

  /** The cell that stands out, or none. */
  static Set<Table.Place> among(List<Competitor> all) {
    List<Competitor> ordered =
        all.stream()
            .filter(competitor -> !Double.isNaN(competitor.value()))
            .sorted(Comparator.comparingDouble(Competitor::value).reversed())
            .toList();
    if (ordered.size() < 2) {
      return Set.of();
    }
    Competitor first = ordered.get(0);
    Competitor next = ordered.get(1);
    boolean ahead =
        first.fixed()
            ? next.loses()
            : first.gains() && (next.fixed() || first.value() - next.value() > first.slack());
    return ahead ? Set.of(first.place()) : Set.of();
  }
}
