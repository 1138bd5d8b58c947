package io.videottt.reports.plots;

import io.videottt.reports.Measurement;
import io.videottt.reports.figure.FigureStyle;
import io.videottt.reports.table.Cells;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The style of every method and setting in the figures of a report: one colour and mark per method,
 * the same in all of them. Further settings of a method have its colour with other marks and
 * dashes.
 */
public final class MethodStyles {

  /** In the order of {@link FigureStyle}'s colours, the most compared first. */
  private static final List<String> METHODS =
      List.of(
          "mae-joint-training",
          "online-ttt-mae",
          "ttt-mae-no-memory",
          "offline-ttt-mae-all-frames",
          "standardised-fixed",
          "implicit-memory-only",
          "explicit-memory-only",
          "main-task-only",
          "ln-adapt",
          "tent",
          "tent-class-balance",
          "self-train",
          "self-train-class-balance",
          "foreign-frames");

  private final Map<String, Integer> methods = new HashMap<>();
  private final Map<String, Map<String, Integer>> settings = new HashMap<>();

  /** Styles of a report whose results are these; others get theirs as they come. */
  public MethodStyles(List<Measurement> measurements) {
    METHODS.forEach(method -> methods.put(method, methods.size()));
    // The setting without a name is the method itself wherever it stands.
    measurements.stream().filter(m -> m.variant().isEmpty()).forEach(this::of);
    measurements.forEach(this::of);
  }

  /** The style of a result. */
  int of(Measurement m) {
    return of(m.method(), Cells.titled(m.title(), m.variant()));
  }

  /**
   * The style of a method with a setting.
   *
   * @param method id of the method
   * @param titled its title with the setting's name
   */
  public int of(String method, String titled) {
    int base = methods.computeIfAbsent(method, unknown -> methods.size());
    Map<String, Integer> known = settings.computeIfAbsent(method, key -> new HashMap<>());
    int setting = known.computeIfAbsent(titled, key -> known.size());
    return FigureStyle.style(base, setting);
  }
}
