package io.videottt.jobs.results;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FramePreview;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.Task;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.jobs.data.StoredDataSet;
import io.videottt.jobs.query.FrameQueries;
import io.videottt.jobs.query.ResultLabels;
import io.videottt.jobs.runtime.SparkSessions;
import io.videottt.jobs.runtime.SparkSettings;
import io.videottt.jobs.sweep.plan.Adaptation;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.metrics.SemanticCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Results that were never measured: known confusion counts, to hold reports to exact numbers. */
public final class SyntheticResults {

  public static final String RUN = "run-test";
  public static final int CLASSES = 3;

  private final ResultsFolder results;
  private final List<ClassDefinition> classes;
  private final Configuration hadoop = new Configuration();

  /** Results of three classes, the last one a thing. */
  public SyntheticResults(Path folder) {
    this(folder, List.of(false, false, true));
  }

  /**
   * @param things per class whether it is a thing
   */
  public SyntheticResults(Path folder, List<Boolean> things) {
    this.results = new ResultsFolder(folder.toString(), hadoop);
    this.classes = new ArrayList<>();
    for (boolean thing : things) {
      int id = classes.size();
      classes.add(new ClassDefinition(id, "class " + id, thing, "#000000", null));
    }
  }

  /** A session for a few rows, which are read faster than code for them is compiled. */
  public static SparkSession session() {
    SparkSession spark = SparkSessions.start("test", SparkSettings.DEFAULT);
    spark.conf().set("spark.sql.codegen.wholeStage", "false");
    spark.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    spark.conf().set("spark.sql.shuffle.partitions", "1");
    return spark;
  }

  public static Unit unit(String video, Method method, long seed) {
    return unit(Task.SEMANTIC, video, method, seed);
  }

  public static Unit unit(Task task, String video, Method method, long seed) {
    return unit(task, video, method, seed, null, "f00d");
  }

  /** A unit of a control. */
  public static Unit control(String video, String trainingImages) {
    return new Unit(
        new Adaptation(
            "tiny",
            "test",
            video,
            2,
            Methods.STANDARDISED_FIXED,
            "",
            AdaptationSettings.small(),
            0,
            "model",
            null,
            "/models/model",
            "f00d",
            trainingImages,
            1),
        Task.SEMANTIC);
  }

  /** A unit of one of several trained models. */
  public static Unit unit(
      Task task, String video, Method method, long seed, Long trainingSeed, String fingerprint) {
    return new Unit(
        new Adaptation(
            "tiny",
            "test",
            video,
            2,
            method,
            "",
            AdaptationSettings.small(),
            seed,
            "model",
            trainingSeed,
            "/models/model",
            fingerprint,
            "",
            1),
        task);
  }

  /** A frame whose classes are given digit by digit; 9 is the ignore label. */
  public static FrameResult frame(int index, String truth, String prediction) {
    SemanticCounts counts = new SemanticCounts(CLASSES);
    counts.add(labels(truth), labels(prediction));
    return frame(index, new FrameScore.Semantic(counts));
  }

  public static FrameResult frame(int index, FrameScore score) {
    return frame(index, score, 0.5);
  }

  /**
   * A frame with a loss of its own.
   *
   * @param loss before the first step
   */
  public static FrameResult frame(int index, FrameScore score, double loss) {
    return new FrameResult(
        index,
        "%06d".formatted(index),
        score.task(),
        true,
        Optional.of(score),
        loss,
        Double.NaN,
        2,
        0.01,
        0.25,
        0.125,
        0.001);
  }

  /** The same frame with pictures. */
  public static FrameResult with(FramePreview preview, FrameResult frame) {
    return new FrameResult(
        frame.index(),
        frame.name(),
        frame.task(),
        frame.annotated(),
        frame.score(),
        frame.reconstructionLossBefore(),
        frame.reconstructionLossAfter(),
        frame.gradientNorm(),
        frame.secondsLoad(),
        frame.secondsAdapt(),
        frame.secondsPredict(),
        frame.secondsEvaluate(),
        Optional.of(preview),
        frame.further());
  }

  public static FrameResult unannotated(int index) {
    return unannotated(index, Task.SEMANTIC);
  }

  public static FrameResult unannotated(int index, Task task) {
    return new FrameResult(
        index,
        "%06d".formatted(index),
        task,
        false,
        Optional.empty(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        0.01,
        0.25,
        0.125,
        0);
  }

  private static byte[] labels(String digits) {
    byte[] labels = new byte[digits.length()];
    for (int i = 0; i < labels.length; i++) {
      int digit = digits.charAt(i) - '0';
      labels[i] = (byte) (digit == 9 ? SemanticCounts.IGNORE : digit);
    }
    return labels;
  }

  MetricsFile open(Unit unit) throws IOException {
    return new MetricsFile(unit, classes, new ExecutionSite("host", "cpu"), results, RUN, hadoop);
  }

  /** Says that the data set is one of street scenes at ten frames per second. */
  public void describeDataSet() throws IOException {
    List<String> names = classes.stream().map(ClassDefinition::name).toList();
    results.commitDataSet(StoredDataSet.untitled("tiny", "Tiny Streets", 10, names), RUN);
  }

  /** All frames as a report reads them, under the names of their units. */
  public Dataset<Row> rows(SparkSession spark) throws IOException {
    UnitInventory inventory = results.inventory();
    return ResultLabels.of(results, Optional.empty())
        .of(FrameQueries.frames(spark, results.metrics(), inventory), inventory);
  }

  public void write(Unit unit, FrameResult... frames) throws IOException {
    try (MetricsFile file = open(unit)) {
      for (FrameResult frame : frames) {
        file.write(frame);
      }
      file.commit();
    }
  }
}
