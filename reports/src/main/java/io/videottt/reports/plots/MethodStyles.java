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

  private final Map<String, Integer> methods = new HashMap<>();
  private final Map<String, Map<String, Integer>> settings = new HashMap<>();

  /**
   * Styles of a report.
   *
   * @param known numbers of colours and marks, from 0, by the id of the method that says so of
   *     itself; other methods get those that are left, as they come
   * @param measurements what is reported
   */
  public MethodStyles(Map<String, Integer> known, List<Measurement> measurements) {
    methods.putAll(known);
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
    int base = methods.computeIfAbsent(method, unknown -> free());
    Map<String, Integer> known = settings.computeIfAbsent(method, key -> new HashMap<>());
    int setting = known.computeIfAbsent(titled, key -> known.size());
    return FigureStyle.style(base, setting);
  }

  private int free() {
    int number = 0;
    while (methods.containsValue(number)) {
      number++;
    }
    return number;
  }
}
