package io.videottt.reports;

import io.videottt.reports.table.Cells;
import java.util.Map;

/**
 * What feature networks say of a result.
 *
 * @param values of the metrics that could be computed
 * @param reasons why the others could not, a clause each
 */
public record PerceptualResult(
    Map<PerceptualMetric, Double> values, Map<PerceptualMetric, String> reasons) {

  /** No network has looked at it. */
  public static final PerceptualResult NONE = new PerceptualResult(Map.of(), Map.of());

  /** Keeps the maps from being changed. */
  public PerceptualResult {
    values = Map.copyOf(values);
    reasons = Map.copyOf(reasons);
  }

  /** A metric as a cell of a table; a dash where it is not defined. */
  public String cell(PerceptualMetric metric) {
    return Cells.decimals(values.getOrDefault(metric, Double.NaN), metric.decimals());
  }
}
