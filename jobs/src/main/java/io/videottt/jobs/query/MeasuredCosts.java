package io.videottt.jobs.query;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.videottt.adaptation.method.Method;
import io.videottt.base.InvalidInputException;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.UnitInventory;
import io.videottt.jobs.runtime.JobNames;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.AssumedCosts;
import io.videottt.jobs.sweep.plan.CostModel;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Costs from the seconds per frame in a results folder: of the same method and settings on the same
 * data set and weights where there are any, else on whatever they ran on. What is not there is
 * assumed, with the folder's mean seconds per prediction; so is the offline method's training,
 * since its rows tell only the seconds up to the best iteration.
 */
public final class MeasuredCosts implements CostModel {

  /** Stands for every data set or all weights. */
  private static final String ANY = "";

  /** Within the canonical form of settings, where a frame is predicted more than once. */
  private static final Pattern VOTES = Pattern.compile("\"prediction\\.votes\":([0-9]{1,5})");

  private static final List<String> KEY =
      List.of(
          MetricsSchema.DATASET,
          MetricsSchema.MODEL_FINGERPRINT,
          MetricsSchema.TASK,
          MetricsSchema.METHOD,
          MetricsSchema.SETTINGS,
          MetricsSchema.THREADS);

  private final String folder;
  private final Map<Key, FrameSeconds> seconds;
  private final AssumedCosts assumed;
  private final String leftOut;

  /** Where a group's cost comes from. */
  private enum Source {
    MEASURED("measured"),
    ELSEWHERE("measured on other data, weights or threads"),
    ASSUMED("assumed");

    private final String title;

    Source(String title) {
      this.title = title;
    }
  }

  /**
   * @param threads computing threads, which change no number but the seconds; 0 for any
   */
  private record Key(
      String dataset,
      String fingerprint,
      String task,
      String method,
      String settings,
      int threads) {

    static Key of(Unit unit) {
      return new Key(
          unit.dataset(),
          unit.adaptation().modelFingerprint(),
          unit.task().id(),
          unit.method().id(),
          unit.method().canonical(unit.settings(), unit.task()),
          unit.settings().threads());
    }

    Key anywhere() {
      return new Key(ANY, ANY, task, method, settings, 0);
    }
  }

  private MeasuredCosts(
      String folder, Map<Key, FrameSeconds> seconds, double secondsPerPrediction, String leftOut) {
    this.folder = folder;
    this.leftOut = leftOut;
    this.seconds = Map.copyOf(seconds);
    this.assumed = new AssumedCosts(secondsPerPrediction);
  }

  /**
   * Makes sure that there is something to read, before Spark is started for it.
   *
   * @throws InvalidInputException when the folder holds no results
   */
  public static void requireResults(String folder, Configuration hadoop) throws IOException {
    if (!new ResultsFolder(folder, hadoop).hasMetrics()) {
      throw nothingIn(folder);
    }
  }

  private static InvalidInputException nothingIn(String folder) {
    return new InvalidInputException(
        "%s: no results there; give the output folder of a sweep with --results, or leave it out"
            .formatted(folder));
  }

  /**
   * Reads a results folder.
   *
   * @param folder output folder of a sweep
   * @throws InvalidInputException when it holds no results
   */
  public static MeasuredCosts read(SparkSession spark, String folder) throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    requireResults(folder, hadoop);
    ResultsFolder results = new ResultsFolder(folder, hadoop);
    return of(spark, results, results.inventory(), folder).orElseThrow(() -> nothingIn(folder));
  }

  /**
   * The costs of what a folder holds.
   *
   * @param inventory of the folder
   * @return empty where it holds no results
   */
  public static Optional<MeasuredCosts> of(
      SparkSession spark, ResultsFolder results, UnitInventory inventory) {
    return of(spark, results, inventory, results.root().toString());
  }

  private static Optional<MeasuredCosts> of(
      SparkSession spark, ResultsFolder results, UnitInventory inventory, String folder) {
    if (inventory.units().isEmpty()) {
      return Optional.empty();
    }
    Dataset<Row> frames = FrameQueries.frames(spark, results.metrics(), inventory);
    Map<Key, FrameSeconds> seconds = new HashMap<>();
    FrameSeconds all = new FrameSeconds(0, 0, 0, 0);
    for (Row row : JobNames.rows("measured seconds per frame", sums(frames))) {
      FrameSeconds measured = frameSeconds(row);
      Key key =
          new Key(
              row.getString(0),
              row.getString(1),
              row.getString(2),
              row.getString(3),
              row.getString(4),
              row.<Integer>getAs(MetricsSchema.THREADS));
      seconds.put(key, measured);
      seconds.merge(key.anywhere(), measured, FrameSeconds::plus);
      all = all.plus(measured.ofOnePrediction(votes(key.settings())));
    }
    return Optional.of(
        new MeasuredCosts(folder, seconds, all.predictingPerFrame(), leftOut(inventory)));
  }

  /** What the folder holds and the costs do not count, for the line that tells their source. */
  private static String leftOut(UnitInventory inventory) {
    StringBuilder text = new StringBuilder();
    if (!inventory.unusable().isEmpty()) {
      text.append(
          "; left out there: %d unit files that cannot be used, for example %s"
              .formatted(inventory.unusable().size(), inventory.unusable().get(0).describe()));
    }
    inventory.foreign().ifPresent(line -> text.append("; ").append(line));
    return text.toString();
  }

  /** How many predictions of a frame some settings take. */
  private static int votes(String settings) {
    Matcher votes = VOTES.matcher(settings);
    return votes.find() ? Integer.parseInt(votes.group(1)) : 1;
  }

  private static Dataset<Row> sums(Dataset<Row> frames) {
    return frames
        .groupBy(FrameQueries.columns(KEY))
        .agg(
            count(lit(1)).as(FrameQueries.FRAMES),
            sum(col(MetricsSchema.SECONDS_LOAD)
                    .plus(col(MetricsSchema.SECONDS_ADAPT))
                    .plus(col(MetricsSchema.SECONDS_PREDICT)))
                .as("shared"),
            sum(MetricsSchema.SECONDS_PREDICT).as(MetricsSchema.SECONDS_PREDICT),
            sum(MetricsSchema.SECONDS_EVALUATE).as(MetricsSchema.SECONDS_EVALUATE));
  }

  private static FrameSeconds frameSeconds(Row row) {
    return new FrameSeconds(
        row.<Long>getAs(FrameQueries.FRAMES),
        row.<Double>getAs("shared"),
        row.<Double>getAs(MetricsSchema.SECONDS_PREDICT),
        row.<Double>getAs(MetricsSchema.SECONDS_EVALUATE));
  }

  @Override
  public double seconds(List<Unit> units) {
    Unit first = units.get(0);
    double shared = 0;
    double predicting = 0;
    double evaluating = 0;
    for (Unit unit : units) {
      FrameSeconds measured = measured(unit);
      if (measured != null) {
        shared = Math.max(shared, measured.sharedPerFrame());
        predicting = Math.max(predicting, measured.predictingPerFrame());
        evaluating += measured.evaluatingPerFrame();
      }
    }
    if (shared == 0) {
      return assumed.seconds(units);
    }
    if (first.method().sight() == Method.Sight.ENTIRE_VIDEO) {
      return new AssumedCosts(predicting / first.settings().prediction().votes()).seconds(units);
    }
    return first.frames() * (shared + evaluating);
  }

  private FrameSeconds measured(Unit unit) {
    Key key = Key.of(unit);
    return seconds.getOrDefault(key, seconds.get(key.anywhere()));
  }

  private Source source(AdaptationWork group) {
    List<Key> keys = group.units().stream().map(Key::of).toList();
    if (keys.stream().anyMatch(seconds::containsKey)) {
      return Source.MEASURED;
    }
    boolean elsewhere = keys.stream().map(Key::anywhere).anyMatch(seconds::containsKey);
    return elsewhere ? Source.ELSEWHERE : Source.ASSUMED;
  }

  @Override
  public String describe(List<AdaptationWork> groups) {
    Map<Source, Long> counts =
        groups.stream()
            .collect(
                Collectors.groupingBy(
                    this::source, () -> new EnumMap<>(Source.class), Collectors.counting()));
    return String.format(
        Locale.ROOT,
        "from %s: of %d adaptations %s; %.3g s per prediction of a frame%s",
        folder,
        groups.size(),
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().title)
            .collect(Collectors.joining(", ")),
        assumed.secondsPerPrediction(),
        leftOut);
  }
}
