package io.videottt.jobs.sweep.run;

import io.videottt.adaptation.method.Methods;
import io.videottt.base.Count;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import io.videottt.base.Sha256;
import io.videottt.base.Task;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.film.FilmFormat;
import io.videottt.catalog.video.Video;
import io.videottt.io.storage.Storage;
import io.videottt.jobs.drawing.PredictedClasses;
import io.videottt.jobs.drawing.PredictionOverlay;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.SavedPredictions;
import io.videottt.jobs.results.SavedUnit;
import io.videottt.jobs.runtime.JobNames;
import io.videottt.jobs.saved.ComparisonVideo;
import io.videottt.jobs.saved.SaveKind;
import io.videottt.jobs.sweep.plan.SweepPlan;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.jobs.sweep.plan.VideoWork;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Makes the videos that show input, truth, the fixed model and an adapted one beside each other, of
 * the pictures that a sweep's units keep: whichever executors ran the units, in whichever sweep. A
 * video that is there and younger than its units' pictures is not made again.
 */
final class ComparisonJob {

  private static final int DIGITS = 8;

  private final ResultsFolder results;
  private final SavedPredictions saved;
  private final Configuration hadoop;
  private final String run;

  /**
   * Videos of an output folder.
   *
   * @param run whose unfinished files these are
   */
  ComparisonJob(ResultsFolder results, Configuration hadoop, String run) throws IOException {
    this.results = results;
    this.saved = new SavedPredictions(results, hadoop);
    this.hadoop = hadoop;
    this.run = run;
  }

  /**
   * One video to make.
   *
   * @param units the fixed model's, where there is one, and an adapted one's; at least one
   * @param name of its file, without extension
   */
  private record Comparison(
      DataSetDefinition dataset, String split, String video, List<Unit> units, String name)
      implements Serializable {

    Task task() {
      return units.get(0).task();
    }
  }

  /** A model's units of a video and task. */
  private record Key(
      DataSetDefinition dataset, String split, String video, Task task, String model) {}

  /**
   * What became of the videos.
   *
   * @param made now
   * @param there made before
   * @param failures why others were not made
   */
  record Outcome(int made, int there, List<String> failures) {}

  /** Makes the videos of a plan that are not there. */
  @SuppressWarnings("try") // the names are only there to be closed
  Outcome run(SweepPlan plan, SparkSession spark) throws IOException {
    List<Comparison> all = comparisons(plan);
    List<Comparison> missing = new ArrayList<>();
    for (Comparison each : all) {
      if (!isFresh(each)) {
        missing.add(each);
      }
    }
    if (missing.isEmpty()) {
      return new Outcome(0, all.size(), List.of());
    }
    String root = results.root().toString();
    String writer = run;
    SerializableConfiguration configuration = new SerializableConfiguration(hadoop);
    List<String> failures;
    try (JobNames ignored =
        JobNames.of(spark, "comparison: " + Count.of(missing.size(), "video"))) {
      failures =
          JavaSparkContext.fromSparkContext(spark.sparkContext())
              .parallelize(missing, missing.size())
              .map(
                  comparison -> {
                    Configuration here = configuration.value();
                    return new ComparisonJob(new ResultsFolder(root, here), here, writer)
                        .failure(comparison);
                  })
              .filter(failure -> !failure.isEmpty())
              .collect();
    }
    return new Outcome(missing.size() - failures.size(), all.size() - missing.size(), failures);
  }

  /** Those whose units have pictures. */
  private List<Comparison> comparisons(SweepPlan plan) throws IOException {
    Map<Key, List<Unit>> groups = new LinkedHashMap<>();
    for (VideoWork work : plan.tasks()) {
      for (Unit unit : work.units()) {
        if (saved.isWhole(unit, Set.of(SaveKind.VIDEO))) {
          groups
              .computeIfAbsent(
                  new Key(
                      work.dataset(),
                      work.split(),
                      work.video(),
                      unit.task(),
                      unit.adaptation().modelFingerprint()),
                  key -> new ArrayList<>())
              .add(unit);
        }
      }
    }
    List<Comparison> comparisons = new ArrayList<>();
    groups.forEach((key, units) -> comparisons.addAll(comparisons(key, units)));
    return comparisons;
  }

  private static List<Comparison> comparisons(Key key, List<Unit> units) {
    Optional<Unit> fixed =
        units.stream().filter(u -> u.method() == Methods.MAE_JOINT_TRAINING).findFirst();
    List<Unit> adapted =
        units.stream().filter(unit -> unit.method() == Methods.ONLINE_TTT_MAE).toList();
    if (adapted.isEmpty()) {
      adapted = units.stream().filter(unit -> unit.method().adapts()).toList();
    }
    List<Comparison> comparisons = new ArrayList<>();
    for (Unit unit : adapted) {
      List<Unit> shown = new ArrayList<>();
      fixed.ifPresent(shown::add);
      shown.add(unit);
      comparisons.add(comparison(key, shown));
    }
    if (adapted.isEmpty() && fixed.isPresent()) {
      comparisons.add(comparison(key, List.of(fixed.get())));
    }
    return comparisons;
  }

  private static Comparison comparison(Key key, List<Unit> units) {
    Unit last = units.get(units.size() - 1);
    String ids = units.stream().map(Unit::id).toList().toString();
    return new Comparison(
        key.dataset(),
        key.split(),
        key.video(),
        units,
        "%s-seed%d-%s"
            .formatted(last.method().id(), last.seed(), Sha256.id(ids).substring(0, DIGITS)));
  }

  private Path folder(Comparison comparison) {
    return saved.videos(
        comparison.dataset().name(), comparison.split(), comparison.task(), comparison.video());
  }

  private boolean isFresh(Comparison comparison) throws IOException {
    long pictures = 0;
    for (Unit unit : comparison.units()) {
      pictures = Math.max(pictures, saved.saved(unit));
    }
    for (FilmFormat format : FilmFormat.values()) {
      Path file = Storage.child(folder(comparison), comparison.name() + "." + format.extension());
      if (saved.written(file) >= pictures) {
        return true;
      }
    }
    return false;
  }

  /** Makes a video; what went wrong, or an empty text. */
  private String failure(Comparison comparison) throws IOException {
    try {
      make(comparison);
      return "";
    } catch (InvalidInputException e) {
      return "no video of %s %s %s, %s: %s"
          .formatted(
              comparison.dataset().name(),
              comparison.split(),
              Printable.line(comparison.video()),
              comparison.task().title(),
              e.getMessage());
    }
  }

  private void make(Comparison comparison) throws IOException {
    Task task = comparison.task();
    Video video =
        DataSet.of(comparison.dataset(), hadoop)
            .video(comparison.split(), comparison.video(), Set.of(task));
    boolean annotated = IntStream.range(0, video.frameCount()).anyMatch(video::annotated);
    List<ComparisonVideo.Column> columns = new ArrayList<>();
    for (Unit unit : comparison.units()) {
      SavedUnit kept =
          saved
              .find(unit.id())
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          "the record of unit %s is gone".formatted(unit.id())));
      List<Double> values = new ArrayList<>();
      kept.frames().forEach(frame -> values.add(frame.value()));
      columns.add(
          new ComparisonVideo.Column(
              title(unit), saved.files(unit, Set.of(SaveKind.VIDEO)).pictures(), values));
    }
    PredictionOverlay drawing =
        PredictionOverlay.of(
            PredictedClasses.of(comparison.dataset()), PredictionOverlay.DRAW_THRESHOLD);
    new ComparisonVideo(task, drawing, annotated, columns, Integer.MAX_VALUE)
        .write(video, folder(comparison), comparison.name(), saved.temporary(run), hadoop);
  }

  private static String title(Unit unit) {
    if (unit.method() == Methods.MAE_JOINT_TRAINING) {
      return "fixed";
    }
    return unit.variant().isEmpty()
        ? unit.method().title()
        : unit.method().title() + ", " + unit.variant();
  }
}
