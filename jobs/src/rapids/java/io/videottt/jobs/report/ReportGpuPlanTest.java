package io.videottt.jobs.report;

import static io.videottt.jobs.results.SyntheticResults.frame;
import static io.videottt.jobs.results.SyntheticResults.unannotated;
import static io.videottt.jobs.results.SyntheticResults.unit;
import static io.videottt.jobs.results.SyntheticResults.with;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;

import com.nvidia.spark.rapids.ExplainPlan;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FramePreview;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.base.Task;
import io.videottt.catalog.image.RgbImage;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.cli.SparkOptions;
import io.videottt.jobs.drawing.PredictedClasses;
import io.videottt.jobs.drawing.PreviewPictures;
import io.videottt.jobs.query.FigureQueries;
import io.videottt.jobs.query.FrameQueries;
import io.videottt.jobs.query.PreviewQueries;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.jobs.runtime.SparkSessions;
import io.videottt.jobs.sweep.plan.ResultLabel;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.metrics.AreaRange;
import io.videottt.metrics.ColourCounts;
import io.videottt.metrics.DetectionOutcome;
import io.videottt.metrics.InstanceCounts;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.SemanticCounts;
import io.videottt.reports.PooledMetric;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.util.QueryExecutionListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Runs the report on the CPU and asks the RAPIDS plugin which operators of its queries would not
 * run on a GPU. Only plans are looked at: no GPU is needed, and none is used.
 */
class ReportGpuPlanTest {

  private static final Path SETTINGS = Path.of("../conf/spark/rapids.conf");

  private static final FramePreview PICTURES =
      new FramePreview(new byte[] {1}, Optional.of(input()), Optional.of(new byte[] {3}));

  @TempDir private Path folder;
  private Set<ResultLabel> labels;

  @BeforeEach
  void writeResults() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    labels = new HashSet<>();
    // More units than Spark spells out as a list of comparisons.
    for (Task task : Task.values()) {
      for (Method method : List.of(Methods.MAE_JOINT_TRAINING, Methods.ONLINE_TTT_MAE)) {
        for (String video : List.of("0001", "0002")) {
          Unit unit = unit(task, video, method, 0);
          results.write(
              unit,
              with(PICTURES, frame(0, score(task))),
              with(PICTURES, unannotated(1, task)),
              frame(2, score(task)));
          labels.add(ResultLabel.of(unit));
        }
      }
    }
    // Tells the training images, from which the frames' distance is taken.
    Unit control = SyntheticResults.control("0001", "embedded/train");
    results.write(control, frame(0, score(Task.SEMANTIC)), frame(2, score(Task.SEMANTIC)));
    labels.add(ResultLabel.of(control));
  }

  /** A picture whose colours can be told. */
  private static byte[] input() {
    return new PreviewPictures(new PredictedClasses(List.of()))
        .input(new RgbImage(4, 4, new byte[48]));
  }

  private static FrameScore score(Task task) {
    return switch (task) {
      case SEMANTIC -> {
        SemanticCounts counts = new SemanticCounts(SyntheticResults.CLASSES);
        counts.add(new byte[] {0, 0, 1, 2}, new byte[] {0, 1, 1, 2});
        yield new FrameScore.Semantic(counts);
      }
      case PANOPTIC -> {
        PanopticCounts counts = new PanopticCounts(SyntheticResults.CLASSES);
        counts.add(0, 0.75, 1, 0, 0);
        counts.add(2, 1.5, 2, 1, 1);
        yield new FrameScore.Panoptic(counts, Optional.of(counts));
      }
      case INSTANCE -> {
        InstanceCounts counts = new InstanceCounts(SyntheticResults.CLASSES);
        counts.addTruths(2, AreaRange.ALL, 2);
        counts.addTruths(2, AreaRange.SMALL, 2);
        counts.add(new DetectionOutcome(2, 0.9, new int[] {3, 3, 0, 0}, new int[] {0, 0, 3, 3}));
        yield new FrameScore.Instance(counts, Optional.of(Set.of(0)));
      }
      case COLORIZATION ->
          new FrameScore.Colorization(new ColourCounts(5, 3, 0, 0), 1, 2, Optional.empty());
    };
  }

  @Test
  void everyOperatorOfTheReportRunsOnTheGpu() throws IOException {
    List<Plan> plans = plansOfTheReport();

    assertThat(plans.stream().map(Plan::columns).flatMap(Collection::stream))
        .as("what the report asks for")
        .contains(
            FrameQueries.VIDEO_MEAN,
            MetricsSchema.SECONDS_ADAPT,
            FrameQueries.VALUES,
            FrameQueries.CLASS_VALUES,
            FigureQueries.LOSS,
            PreviewQueries.PICTURES,
            PreviewQueries.LENGTH,
            MetricsSchema.FRAME_NAME,
            MetricsSchema.PREVIEW_INPUT)
        .containsAll(Arrays.stream(PooledMetric.values()).map(PooledMetric::id).toList());
    assertThat(plans)
        .allSatisfy(
            plan -> {
              assertThat(plan.fallbacks())
                  .as("operators that stay on the CPU in the query for %s", plan.columns())
                  .isBlank();
              assertThat(plan.operators()).contains("<FileSourceScanExec> will run on GPU");
            });
  }

  @Test
  void anOperatorThatStaysOnTheCpuIsNamedWithItsReason() throws IOException {
    try (SparkSession spark = session()) {
      UDF1<Long, Long> twice = value -> 2 * value;
      Dataset<Row> query = spark.range(3).select(udf(twice, DataTypes.LongType).apply(col("id")));

      assertThat(Plan.of(query).fallbacks()).contains("ScalaUDF", "because");
    }
  }

  /** The queries that the job itself runs, so that none is missed: over all units and over some. */
  private List<Plan> plansOfTheReport() throws IOException {
    PlanRecorder recorder = new PlanRecorder();
    // Spark hands over the last queries before it stops.
    try (SparkSession spark = session()) {
      spark.listenerManager().register(recorder);
      ReportWriter report = new ReportWriter(spark, new PrintWriter(Writer.nullWriter()));
      for (Optional<Set<ResultLabel>> units :
          List.of(Optional.<Set<ResultLabel>>empty(), Optional.of(labels))) {
        assertThat(report.write(folder.toString(), units, folder + "/report")).isTrue();
      }
    }
    return recorder.plans;
  }

  /** A session on the CPU with what the shipped file says about plans. */
  private static SparkSession session() {
    List<String> arguments = new ArrayList<>();
    SparkOptions.read(SETTINGS)
        .forEach(
            (key, value) -> {
              if (key.startsWith("spark.rapids.") || key.startsWith("spark.sql.")) {
                arguments.addAll(List.of("--conf", key + "=" + value));
              }
            });
    // A few rows are read faster than code for them is compiled; the operators are the same.
    arguments.addAll(TinySweep.QUICK_QUERIES);
    // In explain-only mode the plugin does not see through exchanges that a query uses twice.
    arguments.addAll(List.of("--conf", "spark.sql.exchange.reuse=false"));
    SparkOptions options = new SparkOptions();
    new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
    return SparkSessions.start("test", options.settings());
  }

  /** A query's columns, its operators that fall back with their reasons, and all its operators. */
  private record Plan(List<String> columns, String fallbacks, String operators) {

    /** The units' names: a few rows that the driver has in its memory, copied to the GPU. */
    private static final String NAMES = "<LocalTableScanExec> cannot run on GPU";

    static Plan of(Dataset<Row> query) {
      return new Plan(
          List.of(query.columns()),
          ExplainPlan.explainPotentialGpuPlan(query, "NOT")
              .lines()
              .filter(line -> staysOnTheCpu(line.strip()) && !line.contains(NAMES))
              .collect(Collectors.joining("\n")),
          ExplainPlan.explainPotentialGpuPlan(query, "ALL"));
    }

    /** An operator, or an expression that the plugin since 26 computes on the CPU for the GPU. */
    private static boolean staysOnTheCpu(String line) {
      return line.startsWith("!") || line.startsWith("^");
    }
  }

  private static final class PlanRecorder implements QueryExecutionListener {

    private final List<Plan> plans = new CopyOnWriteArrayList<>();

    @Override
    public void onSuccess(String action, QueryExecution execution, long nanoseconds) {
      plans.add(Plan.of(query(execution)));
    }

    /** The query of a plan: {@code ofRows}, which Spark 4 has in a package of its own. */
    @SuppressWarnings("unchecked")
    private static Dataset<Row> query(QueryExecution execution) {
      try {
        java.lang.reflect.Method ofRows =
            Arrays.stream(datasets().getMethods())
                .filter(method -> method.getName().equals("ofRows"))
                .filter(method -> method.getParameterCount() == 2)
                .findFirst()
                .orElseThrow();
        return (Dataset<Row>) ofRows.invoke(null, execution.sparkSession(), execution.logical());
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }

    private static Class<?> datasets() {
      try {
        return Class.forName("org.apache.spark.sql.classic.Dataset");
      } catch (ClassNotFoundException e) {
        return Dataset.class;
      }
    }

    @Override
    public void onFailure(String action, QueryExecution execution, Exception failure) {
      // The report itself throws.
    }
  }
}
