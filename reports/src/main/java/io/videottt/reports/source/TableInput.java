package io.videottt.reports.source;

import io.videottt.reports.ChosenSetting;
import io.videottt.reports.FurtherMean;
import io.videottt.reports.MissingReasons;
import io.videottt.reports.Results;
import io.videottt.reports.published.PublishedResults;
import java.util.List;

/**
 * What a report's tables are made of.
 *
 * @param results what was measured, at least one measurement, and on which data
 * @param published the paper's numbers
 * @param reasons why a method has no number where it has none
 * @param chosen which settings grids have chosen; of several sweeps the latest first
 * @param further means of the metrics that other jars have brought
 */
public record TableInput(
    Results results,
    PublishedResults published,
    MissingReasons reasons,
    List<ChosenSetting> chosen,
    List<FurtherMean> further) {

  /** Of results without further metrics. */
  public TableInput(
      Results results,
      PublishedResults published,
      MissingReasons reasons,
      List<ChosenSetting> chosen) {
    this(results, published, reasons, chosen, List.of());
  }

  /** Keeps the lists from being changed. */
  public TableInput {
    chosen = List.copyOf(chosen);
    further = List.copyOf(further);
  }
}
