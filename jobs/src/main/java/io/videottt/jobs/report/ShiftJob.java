package io.videottt.jobs.report;

import io.videottt.adaptation.frames.ColourStatistics;
import io.videottt.adaptation.method.Methods;
import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.image.ImageDecoder;
import io.videottt.catalog.video.Video;
import io.videottt.jobs.drawing.PredictedClasses;
import io.videottt.jobs.drawing.PreviewPictures;
import io.videottt.jobs.query.FrameQueries;
import io.videottt.jobs.query.ResultKey;
import io.videottt.jobs.query.ShiftQueries;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.results.UnitInventory;
import io.videottt.jobs.runtime.JobNames;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.FrameShift;
import io.videottt.reports.table.VisibleText;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds how far from training the frames are that pictures were kept of, and what methods gain
 * there. The frames' colours come from the pictures, the training images' from the data set that
 * the controls of the same results took them from.
 */
final class ShiftJob {

  /** Training images whose colours are averaged, evenly spread. */
  private static final int TRAINING_IMAGES = 32;

  private final Dataset<Row> frames;
  private final Configuration hadoop;
  private String leftOut = "";

  /**
   * @param frames rows of {@link FrameQueries#frames}
   */
  ShiftJob(Dataset<Row> frames, Configuration hadoop) {
    this.frames = frames;
    this.hadoop = hadoop;
  }

  private record Place(String dataset, String split, String video, int frame) {

    static Place of(Row row) {
      return new Place(
          row.getAs(MetricsSchema.DATASET),
          row.getAs(MetricsSchema.SPLIT),
          row.getAs(MetricsSchema.VIDEO),
          row.getAs(MetricsSchema.FRAME_INDEX));
    }
  }

  private record Shown(EvaluationSet set, String model, Place place) {}

  /**
   * The frames with what methods gain on them.
   *
   * @param inventory of the results, which tells what the controls were given as training images
   * @return none where no picture was kept or the training images cannot be opened: see {@link
   *     #leftOut}
   */
  List<FrameShift> shifts(UnitInventory inventory) {
    Optional<ColourStatistics> training = training(inventory);
    if (training.isEmpty()) {
      return List.of();
    }
    Map<Place, Double> distances = distances(training.get());
    if (distances.isEmpty()) {
      leftOut = leftOut.isEmpty() ? "no pictures of frames in colour were kept" : leftOut;
      return List.of();
    }
    return gains(distances);
  }

  /** Why there are none, or not all, in a sentence; empty where there are. */
  String leftOut() {
    return leftOut.isEmpty()
        ? ""
        : "No figure of the gain against the frames' distance from training: %s."
            .formatted(VisibleText.of(leftOut));
  }

  private Optional<ColourStatistics> training(UnitInventory inventory) {
    TreeSet<String> ids = new TreeSet<>();
    inventory.sound().values().forEach(file -> ids.add(file.trainingImages()));
    ids.remove("");
    if (ids.size() != 1) {
      leftOut =
          ids.isEmpty()
              ? "no result tells which images the model was trained on, as those of the controls do"
              : "the results name several sets of training images, " + String.join(" and ", ids);
      return Optional.empty();
    }
    String id = ids.first();
    int slash = id.lastIndexOf('/');
    try {
      String dataset = id.substring(0, slash);
      if (!Catalog.builtIn().names().contains(dataset)) {
        leftOut = "the training images of %s are in no built-in data set".formatted(id);
        return Optional.empty();
      }
      DataSet opened = Catalog.builtIn().open(dataset, Optional.empty(), hadoop);
      List<Video> videos = opened.videos(id.substring(slash + 1));
      return Optional.of(
          average(videos, new PreviewPictures(PredictedClasses.of(opened.definition()))));
    } catch (InvalidInputException | UncheckedIOException | StringIndexOutOfBoundsException e) {
      leftOut =
          "the training images of %s cannot be opened here: %s"
              .formatted(id, FailureReason.of(e).lines().findFirst().orElse(""));
      return Optional.empty();
    }
  }

  /** Of pictures of the training images as they are kept of frames. */
  private static ColourStatistics average(List<Video> videos, PreviewPictures pictures) {
    int count = videos.stream().mapToInt(Video::frameCount).sum();
    int used = Math.min(TRAINING_IMAGES, count);
    return ColourStatistics.average(
        () ->
            IntStream.range(0, used)
                .mapToObj(
                    i -> {
                      int frame = (int) ((long) i * count / used);
                      int video = 0;
                      while (frame >= videos.get(video).frameCount()) {
                        frame -= videos.get(video).frameCount();
                        video++;
                      }
                      return ImageDecoder.decodeColour(
                          pictures.input(videos.get(video).read(frame).image()),
                          "a picture of a training image");
                    })
                .iterator());
  }

  @SuppressWarnings("try") // the names are only there to be closed
  private Map<Place, Double> distances(ColourStatistics training) {
    Map<Place, Double> distances = new HashMap<>();
    // One picture at a time: a folder may hold thousands.
    try (JobNames ignored = JobNames.of(frames.sparkSession(), "report: colours of frames")) {
      Iterator<Row> pictures = ShiftQueries.inputs(frames).toLocalIterator();
      while (pictures.hasNext()) {
        Row row = pictures.next();
        Place place = Place.of(row);
        try {
          ColourStatistics colours =
              ColourStatistics.of(
                  ImageDecoder.decodeColour(
                      row.getAs(MetricsSchema.PREVIEW_INPUT), "a kept picture"));
          distances.put(place, colours.distance(training));
        } catch (InvalidInputException e) {
          // Foreign results may hold anything as a picture.
          leftOut = "a kept picture cannot be read";
          return Map.of();
        }
      }
    }
    return distances;
  }

  private List<FrameShift> gains(Map<Place, Double> distances) {
    Map<Shown, Double> fixed = new HashMap<>();
    List<Row> values = JobNames.rows("report: gains over colours", ShiftQueries.values(frames));
    for (Row row : values) {
      ResultKey key = ResultKey.of(row);
      if (key.method().equals(FrameQueries.FIXED.id()) && key.variant().isEmpty()) {
        fixed.put(shown(key, row), row.getAs(FrameQueries.QUALITY));
      }
    }
    List<FrameShift> shifts = new ArrayList<>();
    for (Row row : values) {
      ResultKey key = ResultKey.of(row);
      Shown shown = shown(key, row);
      Double before = fixed.get(shown);
      Double distance = distances.get(shown.place());
      if (before != null && distance != null && !key.method().equals(FrameQueries.FIXED.id())) {
        String title = Methods.title(key.method());
        shifts.add(
            new FrameShift(
                shown.set(),
                shown.model(),
                key.method(),
                key.variant().isEmpty() ? title : "%s (%s)".formatted(title, key.variant()),
                distance,
                row.<Double>getAs(FrameQueries.QUALITY) - before));
      }
    }
    return shifts;
  }

  private static Shown shown(ResultKey key, Row row) {
    return new Shown(
        new EvaluationSet(key.dataset(), key.split(), key.task()), key.model(), Place.of(row));
  }
}
