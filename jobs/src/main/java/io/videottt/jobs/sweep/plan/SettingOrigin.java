package io.videottt.jobs.sweep.plan;

import io.videottt.adaptation.method.Methods;
import io.videottt.base.Task;
import io.videottt.reports.ChosenSetting;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Titles;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a grid ranked first, beside the settings that a sweep uses, as a sweep's driver leaves it in
 * the output folder: reports say by it whether tables use what was chosen.
 *
 * @param dataset of the sweep
 * @param split of the sweep
 * @param task what is predicted
 * @param model label of the weights
 * @param method id of the method
 * @param variant name of the settings in tables
 * @param grid the grid file
 * @param on data set and split that the grid chose on
 * @param first the setting that it ranked first
 * @param tried number of settings that it ranked
 * @param differences where the sweep's settings are others, a few words for each key
 * @param otherWeights whether the grid ran with other weights than the sweep
 */
public record SettingOrigin(
    String dataset,
    String split,
    String task,
    String model,
    String method,
    String variant,
    String grid,
    String on,
    String first,
    int tried,
    List<String> differences,
    boolean otherWeights) {

  public SettingOrigin {
    Stream.of(dataset, split, task, model, method, variant, grid, on, first)
        .forEach(Objects::requireNonNull);
    differences = List.copyOf(differences);
  }

  /**
   * Whether the sweep uses what the grid ranked first, with the weights that it was ranked with.
   */
  public boolean asChosen() {
    return differences.isEmpty() && !otherWeights;
  }

  /**
   * What a reader must know of it alone.
   *
   * @param titles of data sets and splits
   */
  public String sentence(Titles titles) {
    return "%s: %s.".formatted(used(), ranked(titles));
  }

  /** Whether the row has the chosen settings. */
  private String used() {
    String title = Methods.parse(method, "plan").title();
    String titled = variant.isEmpty() ? title : "%s (%s)".formatted(title, variant);
    return differences.isEmpty()
        ? titled + " has the chosen settings"
        : "%s has %s".formatted(titled, String.join(" and ", differences));
  }

  private String ranked(Titles titles) {
    String[] place = on.split(" ", 2);
    return "of %d settings, %s ranked first on %s (%s)%s"
        .formatted(
            tried,
            first,
            place.length < 2 ? on : titles.data(place[0], place[1]),
            grid,
            otherWeights ? ", with other weights than these" : "");
  }

  /** The same for the tables of a report. */
  public ChosenSetting forReports(Titles titles) {
    return new ChosenSetting(
        new EvaluationSet(dataset, split, Task.parse(task, "plan")),
        model,
        method,
        variant,
        used(),
        ranked(titles));
  }
}
