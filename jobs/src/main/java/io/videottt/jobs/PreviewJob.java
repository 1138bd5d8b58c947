package io.videottt.jobs;

import io.videottt.adaptation.Method;
import io.videottt.reports.SideBySide;
import io.videottt.reports.SideBySide.Picture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the frames where methods differ most, with their pictures. */
final class PreviewJob {

  static final String NOTE =
      ("Input, ground truth, fixed jointly trained model and adapted model: of the frames that"
              + " pictures were kept of (at most %d per video, evenly spaced), up to %d where"
              + " adaptation gains most and up to %d where it loses most, per data set, task and"
              + " model.")
          .formatted(UnitPreviews.MOST_FRAMES, PreviewChoice.GAINS, PreviewChoice.LOSSES);

  static final String NOTE_WITHOUT =
      "No pictures: they are kept by sweeps of the fixed jointly trained model together with a"
          + " method that adapts, and these results have none of both.";

  private final Dataset<Row> frames;

  /**
   * @param frames rows of {@link MetricsQueries#frames}
   */
  PreviewJob(Dataset<Row> frames) {
    Set<String> methods = new HashSet<>(PreviewChoice.ADAPTED);
    methods.add(PreviewChoice.FIXED);
    this.frames = PreviewQueries.kept(frames, methods);
  }

  /** The frames to show. */
  List<SideBySide> frames() {
    PreviewChoice choice = new PreviewChoice();
    PreviewQueries.values(frames).collectAsList().forEach(choice::add);
    List<PreviewChoice.Chosen> chosen = choice.chosen();
    if (chosen.isEmpty()) {
      return List.of();
    }
    Set<PreviewChoice.Place> places = new HashSet<>();
    chosen.forEach(
        frame -> {
          places.add(frame.fixed());
          places.add(frame.adapted());
        });
    Map<PreviewChoice.Place, Row> pictures = new HashMap<>();
    for (Row row : PreviewQueries.pictures(frames, places).collectAsList()) {
      pictures.put(
          new PreviewChoice.Place(
              row.getAs(MetricsSchema.UNIT_ID), row.getAs(MetricsSchema.FRAME_INDEX)),
          row);
    }
    return chosen.stream().map(frame -> sideBySide(frame, pictures)).toList();
  }

  private static SideBySide sideBySide(
      PreviewChoice.Chosen frame, Map<PreviewChoice.Place, Row> rows) {
    Row fixed = rows.get(frame.fixed());
    List<Picture> pictures = new ArrayList<>();
    add(pictures, "Input", "image/jpeg", fixed, MetricsSchema.PREVIEW_INPUT);
    add(pictures, "Ground truth", "image/png", fixed, MetricsSchema.PREVIEW_TRUTH);
    add(
        pictures,
        "Fixed: " + Method.MAE_JOINT_TRAINING.title(),
        "image/png",
        fixed,
        MetricsSchema.PREVIEW);
    add(
        pictures,
        "Adapted: " + Method.parse(frame.method(), "results").title(),
        "image/png",
        rows.get(frame.adapted()),
        MetricsSchema.PREVIEW);
    return new SideBySide(
        frame.set(),
        frame.model(),
        frame.video(),
        frame.frame(),
        frame.fixedQuality(),
        frame.adaptedQuality(),
        pictures);
  }

  private static void add(
      List<Picture> pictures, String title, String mediaType, Row row, String column) {
    byte[] file = row.getAs(column);
    if (file != null) {
      pictures.add(new Picture(title, mediaType, file));
    }
  }
}
