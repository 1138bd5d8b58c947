package io.videottt.jobs.report;

import static org.apache.spark.sql.functions.col;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.base.Task;
import io.videottt.jobs.data.StoredDataSet;
import io.videottt.jobs.query.DataSetCounts;
import io.videottt.jobs.query.FrameQueries;
import io.videottt.jobs.query.FrameSets;
import io.videottt.jobs.query.FurtherMeans;
import io.videottt.jobs.query.PairedDifferences;
import io.videottt.jobs.query.PerceptualPooling;
import io.videottt.jobs.query.PooledMeans;
import io.videottt.jobs.query.ReleasedMeans;
import io.videottt.jobs.query.ReleasedQueries;
import io.videottt.jobs.query.ResultKey;
import io.videottt.jobs.query.ResultLabels;
import io.videottt.jobs.query.SecondsQueries;
import io.videottt.jobs.query.VideoMeans;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.UnitInventory;
import io.videottt.jobs.runtime.Background;
import io.videottt.jobs.runtime.JobNames;
import io.videottt.jobs.sweep.plan.ResultLabel;
import io.videottt.reports.ChosenSetting;
import io.videottt.reports.FrameCoverage;
import io.videottt.reports.Measurement;
import io.videottt.reports.PerceptualResult;
import io.videottt.reports.Released;
import io.videottt.reports.Results;
import io.videottt.reports.SecondsPerFrame.Medians;
import io.videottt.reports.Titles;
import io.videottt.reports.published.PublishedResults;
import io.videottt.reports.source.TableInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads a results folder with Spark and turns it into what tables are made of. Only sums over
 * videos come to the driver, and one video's values at a time.
 */
public final class ReportJob {

  private final SparkSession spark;

  public ReportJob(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * What the tables are made of.
   *
   * @param results what was measured
   * @param folder that it was measured in, whose plans tell where settings come from
   * @param frames the rows that it was measured on
   */
  static TableInput tableInput(Results results, ResultsFolder folder, Dataset<Row> frames)
      throws IOException {
    // Those of the splits that settings were chosen on are among them, too.
    Titles titles = StoredDataSet.titles(folder.dataSets().values());
    List<ChosenSetting> chosen =
        folder.plans().stream()
            .flatMap(plan -> plan.origins().stream())
            .map(origin -> origin.forReports(titles))
            .toList();
    return new TableInput(
        results, PublishedResults.load(), ReportJob::limitation, chosen, FurtherMeans.of(frames));
  }

  /** What was measured, one per row of a table. */
  public List<Measurement> measurements(String results, Optional<Set<ResultLabel>> labels)
      throws IOException {
    return results(results, labels).measurements();
  }

  /** Everything that tables are made of. */
  public Results results(String results, Optional<Set<ResultLabel>> labels) throws IOException {
    ResultsFolder folder = new ResultsFolder(results, spark.sparkContext().hadoopConfiguration());
    UnitInventory inventory = folder.inventory();
    return inventory.units().isEmpty()
        ? Results.NONE
        : results(folder, frames(folder, inventory, ResultLabels.of(folder, labels)));
  }

  /**
   * The same.
   *
   * @param folder with results
   * @param frames its rows, as {@link FrameQueries#frames} reads and {@link ResultLabels} calls
   *     them
   */
  @SuppressWarnings("try") // the names are only there to be closed
  static Results results(ResultsFolder folder, Dataset<Row> frames) throws IOException {
    Set<Task> tasks = folder.tasks();
    Map<ResultKey, VideoMeans> means = new TreeMap<>(ResultKey.ORDER);
    DataSetCounts counts = new DataSetCounts();
    Map<ResultKey, ReleasedMeans> released = new HashMap<>();
    FrameSets frameSets = new FrameSets();
    PairedDifferences differences = PairedDifferences.toFixed();
    // The driver resamples one video after the other; meanwhile executors pool.
    Pooled pooled;
    try (Background<Pooled> pooling = Background.start("pooling", () -> Pooled.of(frames, tasks));
        JobNames ignored = JobNames.of(frames.sparkSession(), "report: frames of every video")) {
      Iterator<Row> videos = FrameQueries.videos(frames).toLocalIterator();
      while (videos.hasNext()) {
        Row row = videos.next();
        counts.add(row);
        frameSets.add(row);
        means.computeIfAbsent(ResultKey.of(row), key -> new VideoMeans()).add(row);
        released.computeIfAbsent(ResultKey.of(row), key -> new ReleasedMeans()).add(row);
        differences.add(row);
      }
      differences.end();
      pooled = pooling.result();
    }
    for (Row row : pooled.videos()) {
      released.get(ResultKey.of(row)).addPooled(row);
    }
    List<Measurement> measurements = new ArrayList<>();
    means.forEach(
        (key, videoMeans) ->
            measurements.add(
                measurement(
                    key,
                    videoMeans,
                    frameSets.of(key),
                    differences,
                    pooled.results().getOrDefault(key, new PooledMeans()),
                    pooled.perceptual().getOrDefault(key, PerceptualResult.NONE),
                    released.get(key),
                    pooled.seconds().getOrDefault(key, Medians.UNKNOWN))));
    return new Results(measurements, counts.summaries(folder.dataSets()));
  }

  /**
   * Differences to one result instead of to the fixed model, on the frames that both have.
   *
   * @param results output folder of a sweep
   * @param labels the units to compare, those of the baseline included
   * @param method id of the baseline's method
   * @param variant name of the baseline's settings
   */
  @SuppressWarnings("try") // the names are only there to be closed
  public PairedDifferences differencesTo(
      String results, Set<ResultLabel> labels, String method, String variant) throws IOException {
    ResultsFolder folder = new ResultsFolder(results, spark.sparkContext().hadoopConfiguration());
    Dataset<Row> frames =
        frames(folder, folder.inventory(), ResultLabels.of(folder, Optional.of(labels)));
    Column baseline =
        col(MetricsSchema.METHOD).equalTo(method).and(col(MetricsSchema.VARIANT).equalTo(variant));
    try (JobNames ignored = JobNames.of(spark, "report: differences to the best setting")) {
      return PairedDifferences.of(
          FrameQueries.videos(frames, baseline),
          key -> key.method().equals(method) && key.variant().equals(variant));
    }
  }

  private Dataset<Row> frames(ResultsFolder folder, UnitInventory inventory, ResultLabels names) {
    return names.of(FrameQueries.frames(spark, folder.metrics(), inventory), inventory);
  }

  private static Optional<String> limitation(String method, Task task) {
    return Methods.find(method).flatMap(known -> known.limitation(task));
  }

  /**
   * What executors pool.
   *
   * @param results the counts of all frames
   * @param perceptual what feature networks say of colours
   * @param videos rows of {@link ReleasedQueries#videos}
   */
  private record Pooled(
      Map<ResultKey, PooledMeans> results,
      Map<ResultKey, PerceptualResult> perceptual,
      List<Row> videos,
      Map<ResultKey, Medians> seconds) {

    static Pooled of(Dataset<Row> frames, Set<Task> tasks) {
      Map<ResultKey, PooledMeans> results = new HashMap<>();
      List<Row> videos = new ArrayList<>();
      for (Task task : tasks) {
        for (Row row :
            JobNames.rows("report: pooled " + task.metric(), FrameQueries.pooled(task, frames))) {
          results.computeIfAbsent(ResultKey.of(row), key -> new PooledMeans()).add(task, row);
        }
        if (Released.hasPerVideo(task)) {
          videos.addAll(
              JobNames.rows(
                  "report: released %s of every video".formatted(task.metric()),
                  ReleasedQueries.videos(task, frames)));
        }
      }
      return new Pooled(
          results,
          tasks.contains(Task.COLORIZATION) ? PerceptualPooling.read(frames) : Map.of(),
          videos,
          SecondsQueries.read(frames));
    }
  }

  private static Measurement measurement(
      ResultKey key,
      VideoMeans videos,
      FrameCoverage coverage,
      PairedDifferences differences,
      PooledMeans pooled,
      PerceptualResult perceptual,
      ReleasedMeans released,
      Medians medians) {
    return new Measurement(
        key.set(),
        key.model(),
        key.method(),
        Methods.title(key.method()),
        key.variant(),
        Methods.find(key.method())
            .map(method -> method.role() == Method.Role.CONTROL)
            .orElse(false),
        videos.videos(),
        videos.evaluatedFrames(),
        coverage,
        videos.repetitions(),
        videos.frameMean(),
        pooled.metrics(),
        perceptual,
        released.of(key.task()),
        differences.of(key),
        videos.seconds(medians),
        videos.perVideo(differences.perVideo(key), released),
        pooled.perClass());
  }
}
