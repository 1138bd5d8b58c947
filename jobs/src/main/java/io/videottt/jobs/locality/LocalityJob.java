package io.videottt.jobs.locality;

import ai.djl.Device;
import io.videottt.adaptation.locality.LocalityEstimate;
import io.videottt.adaptation.locality.LocalityProbe;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import io.videottt.base.Task;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.video.Video;
import io.videottt.io.storage.OutputPlace;
import io.videottt.jobs.data.StoredDataSet;
import io.videottt.jobs.query.MeasuredCosts;
import io.videottt.jobs.query.MeasuredWindows;
import io.videottt.jobs.report.TableFiles;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.UnitInventory;
import io.videottt.jobs.runtime.DeviceChoice;
import io.videottt.jobs.runtime.FailureMessages;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.runtime.SparkSessions;
import io.videottt.jobs.runtime.SparkSettings;
import io.videottt.jobs.sweep.config.SweepRequest;
import io.videottt.jobs.sweep.plan.Adaptation;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.SweepPlan;
import io.videottt.jobs.sweep.plan.SweepPlanner;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.jobs.sweep.plan.VideoWork;
import io.videottt.jobs.sweep.run.ModelPool;
import io.videottt.jobs.sweep.run.VideoJobs;
import io.videottt.model.ReconstructionTarget;
import io.videottt.model.features.FeatureNetworks;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Titles;
import io.videottt.reports.locality.LocalityRow;
import io.videottt.reports.locality.LocalityTable;
import io.videottt.reports.table.Table;
import io.videottt.reports.table.TableFormat;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Estimates the best window on the videos of a sweep, one Spark task per video, and compares it
 * with what was measured. Only a few numbers per frame come back to the driver.
 */
public final class LocalityJob {

  private static final Method STREAM = Methods.ONLINE_TTT_MAE;

  private final PrintWriter out;
  private final PrintWriter err;
  private final SparkSettings settings;
  private final String device;
  private final int frames;
  private final int masks;

  /**
   * @param frames to sample per video
   * @param masks of the self-supervised loss per frame
   */
  public LocalityJob(
      PrintWriter out,
      PrintWriter err,
      SparkSettings settings,
      String device,
      int frames,
      int masks) {
    this.out = out;
    this.err = err;
    this.settings = settings;
    this.device = device;
    this.frames = frames;
    this.masks = masks;
  }

  /**
   * Estimates, prints the table and writes it.
   *
   * @param request the sweep, whose first online TTT-MAE says which settings
   * @param results output folder of a sweep over windows, for the measured ones
   * @param output folder for the table
   * @return whether there is an estimate for every video
   * @throws InvalidInputException when the sweep has no online TTT-MAE, or file, data, models,
   *     results or output cannot be used
   */
  public boolean run(SweepRequest request, Optional<String> results, String output)
      throws IOException {
    DeviceChoice.check(device);
    Configuration hadoop = HadoopSettings.of(settings);
    OutputPlace.requireFolder(output, "--output", hadoop);
    SweepPlanner planner = new SweepPlanner(request, hadoop);
    List<VideoWork> tasks = tasks(planner.plan(), request);
    planner.leftOut().forEach(err::println);
    if (results.isPresent()) {
      MeasuredCosts.requireResults(results.get(), hadoop);
    }
    try (SparkSession spark = SparkSessions.start("locality", settings)) {
      List<LocalityReport> reports = execute(spark, tasks, hadoop);
      MeasuredWindows measured = MeasuredWindows.none();
      if (results.isPresent()) {
        ResultsFolder folder = new ResultsFolder(results.get(), hadoop);
        UnitInventory inventory = folder.inventory();
        inventory.notes().forEach(err::println);
        measured = MeasuredWindows.read(spark, folder, inventory);
      }
      List<LocalityRow> rows = rows(reports, measured);
      if (!rows.isEmpty()) {
        write(LocalityTable.of(rows, masks, settings(tasks), titles(tasks)), rows, output, hadoop);
      }
      return printFailures(reports) && planner.missingVideos().isEmpty();
    }
  }

  /**
   * Of every video one unit per model, reconstruction target and task: seeds and other methods
   * change no estimate.
   */
  private static List<VideoWork> tasks(SweepPlan plan, SweepRequest request) {
    List<VideoWork> tasks = new ArrayList<>();
    for (VideoWork task : plan.tasks()) {
      Map<String, AdaptationWork> groups = new LinkedHashMap<>();
      for (AdaptationWork group : task.groups()) {
        Adaptation first = group.adaptation();
        if (first.method() == STREAM) {
          groups.putIfAbsent(
              first.model() + first.modelFolder() + first.settings().reconstructionTarget(), group);
        }
      }
      if (!groups.isEmpty()) {
        tasks.add(task.with(List.copyOf(groups.values())));
      }
    }
    if (tasks.isEmpty()) {
      throw new InvalidInputException(
          "%s: no %s, whose window the estimate is about; add it to the methods"
              .formatted(request.config(), STREAM.id()));
    }
    return tasks;
  }

  private List<LocalityReport> execute(
      SparkSession spark, List<VideoWork> tasks, Configuration hadoop)
      throws InterruptedIOException {
    SerializableConfiguration configuration = new SerializableConfiguration(hadoop);
    Estimation estimation = new Estimation(device, frames, masks);
    return new VideoJobs(spark, VideoJobs.group("locality", tasks))
        .run(tasks, task -> estimation.run(task, configuration.value()).iterator());
  }

  /** What an executor does. */
  private record Estimation(String device, int frames, int masks) implements Serializable {

    List<LocalityReport> run(VideoWork task, Configuration hadoop) {
      Device chosen = DeviceChoice.resolve(device);
      List<LocalityReport> reports = new ArrayList<>();
      try (ModelPool models =
          new ModelPool(
              hadoop,
              chosen,
              task.dataset().classes(),
              "",
              (id, gray) -> List.of(),
              FeatureNetworks.NONE)) {
        for (Unit unit : task.units()) {
          reports.add(run(task, unit, models, hadoop));
        }
      }
      return reports;
    }

    private LocalityReport run(VideoWork task, Unit unit, ModelPool models, Configuration hadoop) {
      try {
        SegmentationModel model = models.modelFor(unit.adaptation());
        Video video = open(task, unit.task(), hadoop);
        LocalityProbe probe =
            new LocalityProbe(
                model,
                task.dataset().classes(),
                unit.settings(),
                masks,
                unit.adaptation().randomSeed());
        return new LocalityReport(unit, probe.estimate(video, unit.task(), frames), "");
      } catch (RuntimeException e) {
        // One video without annotations must not take the others with it.
        return new LocalityReport(unit, null, FailureMessages.describe(e));
      }
    }

    private static Video open(VideoWork task, Task own, Configuration hadoop) {
      return DataSet.of(task.dataset(), hadoop)
          .video(task.split(), task.video(), task.dataset().lossTasks(own));
    }
  }

  private static List<LocalityRow> rows(List<LocalityReport> reports, MeasuredWindows measured) {
    Map<Place, List<LocalityReport>> byPlace = new LinkedHashMap<>();
    reports.stream()
        .filter(report -> !report.failed())
        .sorted(Comparator.comparing(report -> report.unit().video()))
        .forEach(
            report ->
                byPlace
                    .computeIfAbsent(Place.of(report.unit()), key -> new ArrayList<>())
                    .add(report));
    List<LocalityRow> rows = new ArrayList<>();
    byPlace.forEach(
        (place, own) -> {
          for (LocalityReport report : own) {
            Unit unit = report.unit();
            rows.add(row(place, unit.video(), report.estimate(), measured.of(unit)));
          }
          if (own.size() > 1) {
            LocalityEstimate pooled =
                LocalityEstimate.pooled(own.stream().map(LocalityReport::estimate).toList());
            Map<Integer, Double> all =
                measured.ofAll(own.stream().map(LocalityReport::unit).toList());
            rows.add(row(place, "", pooled, all));
          }
        });
    return rows;
  }

  /** What the rows of several videos have in common. */
  private record Place(
      String dataset,
      String split,
      Task task,
      String model,
      String folder,
      ReconstructionTarget target) {

    static Place of(Unit unit) {
      return new Place(
          unit.dataset(),
          unit.split(),
          unit.task(),
          unit.model(),
          unit.adaptation().modelFolder(),
          unit.settings().reconstructionTarget());
    }
  }

  private static LocalityRow row(
      Place place, String video, LocalityEstimate estimate, Map<Integer, Double> measured) {
    return new LocalityRow(
        new EvaluationSet(place.dataset(), place.split(), place.task()),
        place.model(),
        place.target().id(),
        video,
        estimate.frames(),
        estimate.gap(),
        estimate.average(),
        estimate.cautious(),
        estimate.scale(),
        estimate.cosine(),
        estimate.bias(),
        measured);
  }

  private static Titles titles(List<VideoWork> tasks) {
    return StoredDataSet.titles(
        tasks.stream().map(VideoWork::dataset).map(StoredDataSet::of).distinct().toList());
  }

  private static String settings(List<VideoWork> tasks) {
    String variant = tasks.get(0).units().get(0).variant();
    return variant.isEmpty()
        ? "the sweep's settings"
        : "the settings of the sweep's variant " + variant;
  }

  private void write(Table table, List<LocalityRow> rows, String output, Configuration hadoop) {
    byte[] forReports = StoredLocality.of(rows).json().getBytes(StandardCharsets.UTF_8);
    new TableFiles(output, hadoop).write(List.of(table), Map.of(StoredLocality.FILE, forReports));
    out.println(TableFormat.MARKDOWN.render(table));
    out.printf("written to %s as md, csv and tex%n", output);
    out.flush();
  }

  private boolean printFailures(List<LocalityReport> reports) {
    List<LocalityReport> failed = reports.stream().filter(LocalityReport::failed).toList();
    for (LocalityReport report : failed) {
      Unit unit = report.unit();
      err.printf(
          "ttt: no estimate: %s %s %s %s: %s%n",
          unit.dataset(),
          unit.split(),
          Printable.line(unit.video()),
          unit.task().id(),
          report.failure());
    }
    err.flush();
    return failed.isEmpty();
  }
}
