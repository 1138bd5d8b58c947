package io.videottt.reports.locality;

import io.videottt.metrics.LocalityBound;
import io.videottt.reports.OwnSettings;
import io.videottt.reports.Titles;
import io.videottt.reports.table.Cells;
import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The predicted best window beside the measured one, with everything that it rests on. */
public final class LocalityTable {

  private static final String ALL_VIDEOS = "all";

  private static final List<String> HEADER =
      List.of(
          "Data set",
          "Split",
          "Task",
          "Model",
          "Target",
          "Video",
          "frames",
          "gap",
          "eta mean",
          "eta 95 %",
          "beta mean",
          "beta 95 %",
          "sigma^2",
          "c",
          "cosine",
          "bias",
          "predicted k",
          "k from 95 %",
          "measured k",
          "of k",
          "best - k = 1");

  private static final List<String> IDENTIFIERS = List.of("dataset", "split", "video id");

  private LocalityTable() {}

  /**
   * The table.
   *
   * @param rows in their order
   * @param masks of the self-supervised loss per frame
   * @param settings which of the sweep's settings were used, for the notes
   * @param titles of data sets, splits and videos
   */
  public static Table of(List<LocalityRow> rows, int masks, String settings, Titles titles) {
    return new Table(
            "locality",
            "Locality: predicted and measured best window",
            HEADER,
            6,
            rows.stream().map(row -> cells(row, titles)).toList(),
            List.of(),
            notes(rows, masks, settings, titles))
        .withIdentifiers(
            IDENTIFIERS,
            rows.stream()
                .map(
                    row ->
                        List.of(
                            row.set().dataset(),
                            row.set().split(),
                            row.video().isEmpty() ? Table.DASH : row.video()))
                .toList());
  }

  private static List<String> cells(LocalityRow row, Titles titles) {
    LocalityBound average = row.average();
    LocalityBound cautious = row.cautious();
    List<String> cells =
        new ArrayList<>(
            List.of(
                titles.dataSet(row.set().dataset()),
                titles.split(row.set().dataset(), row.set().split()),
                row.set().task().id(),
                row.model(),
                OwnSettings.titled(row.target()),
                name(row, titles),
                Integer.toString(row.frames()),
                fixed("%.1f", row.gap()),
                number(average.step()),
                number(cautious.step()),
                number(average.sensitivity()),
                number(cautious.sensitivity()),
                number(average.variance()),
                number(row.scale()),
                cosine(row),
                fixed("%.2f", row.bias()),
                window(average),
                window(cautious)));
    cells.addAll(measured(row.measured()));
    return cells;
  }

  private static List<String> measured(Map<Integer, Double> byWindow) {
    if (byWindow.isEmpty()) {
      return List.of(Table.DASH, Table.DASH, Table.DASH);
    }
    double best = Collections.max(byWindow.values());
    // Among equals the smallest window.
    int window =
        byWindow.keySet().stream().filter(k -> byWindow.get(k) == best).findFirst().orElseThrow();
    Double one = byWindow.get(1);
    return List.of(
        window(window),
        String.join(" ", byWindow.keySet().stream().map(LocalityTable::window).toList()),
        one == null ? Table.DASH : Cells.signed(best - one));
  }

  private static String window(int frames) {
    return frames == LocalityRow.ALL_FRAMES ? "all" : Integer.toString(frames);
  }

  private static String window(LocalityBound bound) {
    double window = bound.predictedWindow();
    return Double.isInfinite(window) ? "all" : fixed("%.1f", window);
  }

  private static String number(double value) {
    return value == 0 ? "0" : fixed("%.3g", value);
  }

  private static String fixed(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /**
   * Where the reconstruction loss pulls against the main task, a sentence for each evaluation set,
   * model and target: what a reader must know before test-time training is tried there.
   */
  static List<String> warnings(List<LocalityRow> rows, Titles titles) {
    Map<List<String>, List<LocalityRow>> against = new LinkedHashMap<>();
    rows.stream()
        .filter(LocalityRow::pullsAgainst)
        .forEach(
            row ->
                against
                    .computeIfAbsent(
                        List.of(
                            titles.data(row.set()),
                            row.set().task().id(),
                            row.model(),
                            OwnSettings.titled(row.target())),
                        place -> new ArrayList<>())
                    .add(row));
    List<String> warnings = new ArrayList<>();
    against.forEach(
        (place, own) ->
            warnings.add(
                ("Warning: %s: the reconstruction loss pulls against the main task here (cosine of"
                        + " the gradients at f0: %s): a step that lowers it raises the main loss; see"
                        + " docs/reconstruction.md.")
                    .formatted(
                        "%s, %s, model %s, target %s".formatted(place.toArray()),
                        own.stream()
                            .map(row -> name(row, titles) + " " + cosine(row))
                            .collect(Collectors.joining(", ")))));
    return warnings;
  }

  private static String name(LocalityRow row, Titles titles) {
    return row.video().isEmpty() ? ALL_VIDEOS : titles.video(row.set(), row.video());
  }

  private static String cosine(LocalityRow row) {
    return fixed("%+.3f", row.cosine());
  }

  private static List<String> notes(
      List<LocalityRow> rows, int masks, String settings, Titles titles) {
    List<String> notes = new ArrayList<>(warnings(rows, titles));
    notes.addAll(assumptions(masks, settings));
    return notes;
  }

  private static List<String> assumptions(int masks, String settings) {
    return List.of(
        "Predicted k = (sigma^2 / (beta^2 eta^2))^(1/3), as the paper gives it; the bound"
            + " (k^2 beta^2 eta^2 + sigma^2 / k) / (2 alpha) itself is least at 0.79 times that. An"
            + " estimate of the order of magnitude, not of a number of frames.",
        "Assumed, not checked: l_m is alpha-strongly convex in the parameters, which are minimisers"
            + " on the window; grad l_m = c grad l_s + delta with a delta of mean 0. The column"
            + " bias shows how far the last is from true (0 as assumed, 1 when the mean is all"
            + " there is), cosine how much the two gradients have in common.",
        "Gradients are those with respect to f at f0, on whole frames at working resolution; labels"
            + " were used for this estimate only, and only annotated frames are compared (gap:"
            + " frames from one to the next). beta is the Euclidean change of grad l_m over the"
            + " frames' distance, eta the distance of neighbouring frames: root mean square over"
            + " pixels and channels in normalised colour, a unit that cancels in beta eta.",
        "sigma^2 is the variance over the sampled frames of grad l_m - c grad l_s; grad l_s is the"
            + " mean over %d masks. The losses' scales are arbitrary and the learning rate absorbs"
                .formatted(masks)
            + " that of l_s, so that c >= 0 is fitted by least squares. Where c = 0, no positive"
            + " factor brings grad l_s closer to grad l_m: the assumption fails, sigma^2 is the"
            + " variance of grad l_m alone, and the predicted k tells nothing about l_s.",
        "Measured k: the window with the highest frame mean of the task's metric among those run"
            + " (column of k; 1 is also implicit memory only, all: every frame so far), online"
            + " TTT-MAE with %s but the window.".formatted(settings));
  }
}
