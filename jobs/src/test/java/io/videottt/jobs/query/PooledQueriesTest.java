package io.videottt.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.base.Task;
import io.videottt.catalog.coco.CocoCategory;
import io.videottt.catalog.coco.CocoInstances;
import io.videottt.catalog.coco.CocoPanoptic;
import io.videottt.catalog.coco.CocoResults;
import io.videottt.jobs.evaluate.InstanceEvaluation;
import io.videottt.jobs.evaluate.PanopticEvaluation;
import io.videottt.jobs.report.ReportJob;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.metrics.AreaRange;
import io.videottt.metrics.ChromaChange;
import io.videottt.metrics.ColourCounts;
import io.videottt.metrics.InstanceCounts;
import io.videottt.metrics.InstanceDetection;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.PanopticQuality;
import io.videottt.metrics.RunLengthMask;
import io.videottt.metrics.SemanticCounts;
import io.videottt.reports.Measurement;
import io.videottt.reports.PooledMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark computes from the rows against what the metrics classes compute from the counts. */
class PooledQueriesTest {

  private static final double EXACT = 1e-9;
  private static final double REFERENCE = 1e-6;
  private static final int CLASSES = SyntheticResults.CLASSES;
  private static final int SIDE = 128;
  private static final Path CASES =
      Path.of(
          System.getenv()
              .getOrDefault("VIDEOTTT_METRIC_CASES", "../../shared/fixtures/metric-cases"));

  @TempDir private Path folder;

  private List<Measurement> measurements() throws IOException {
    try (SparkSession spark = SyntheticResults.session()) {
      return new ReportJob(spark).measurements(folder.toString(), Optional.empty());
    }
  }

  /** Writes one video's frames, every fourth without annotation, and adds them to the counts. */
  private static void write(
      SyntheticResults results, Unit unit, List<FrameScore> scores, List<FrameScore> all)
      throws IOException {
    List<FrameResult> frames = new ArrayList<>();
    for (FrameScore score : scores) {
      if (frames.size() % 4 == 3) {
        frames.add(SyntheticResults.unannotated(frames.size(), unit.task()));
      }
      frames.add(SyntheticResults.frame(frames.size(), score));
    }
    results.write(unit, frames.toArray(FrameResult[]::new));
    all.addAll(scores);
  }

  @Test
  void everyMetricOfEveryTaskEqualsThatOfTheSummedCounts() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    SplittableRandom random = new SplittableRandom(7);
    Map<Task, List<List<FrameScore>>> repetitions = new EnumMap<>(Task.class);
    for (Task task : Task.values()) {
      for (long seed : List.of(0L, 1L)) {
        List<FrameScore> all = new ArrayList<>();
        // Written in another order than they are pooled in.
        List<FrameScore> second = scores(task, random);
        for (String video : List.of("0001", "0002")) {
          List<FrameScore> own = video.equals("0002") ? second : scores(task, random);
          write(
              results, SyntheticResults.unit(task, video, Methods.ONLINE_TTT_MAE, seed), own, all);
        }
        repetitions.computeIfAbsent(task, t -> new ArrayList<>()).add(all);
      }
    }

    List<Measurement> measurements = measurements();

    assertThat(measurements).hasSize(4);
    for (Measurement measurement : measurements) {
      List<List<FrameScore>> own = repetitions.get(measurement.set().task());
      assertThat(measurement.repetitions().seeds()).isEqualTo(2);
      for (PooledMetric metric : PooledMetric.of(measurement.set().task())) {
        double expected =
            own.stream().mapToDouble(scores -> reference(metric, scores)).average().orElseThrow();
        assertThat(measurement.pooled().get(metric))
            .as(metric.title())
            .isCloseTo(expected, within(EXACT));
      }
      // Both videos have equally many frames.
      double frameMean =
          own.stream()
              .flatMap(all -> List.of(all.subList(0, 8), all.subList(8, 16)).stream())
              .mapToDouble(PooledQueriesTest::mean)
              .average()
              .orElseThrow();
      assertThat(measurement.frameMean()).isCloseTo(frameMean, within(EXACT));
    }
  }

  private static double mean(List<FrameScore> scores) {
    return scores.stream()
        .map(FrameScore::value)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average()
        .orElseThrow();
  }

  private static List<FrameScore> scores(Task task, SplittableRandom random) {
    List<FrameScore> scores = new ArrayList<>();
    for (int frame = 0; frame < 8; frame++) {
      scores.add(
          switch (task) {
            case SEMANTIC -> semantic(random);
            case PANOPTIC -> panoptic(random);
            case INSTANCE -> instance(random, frame == 5 ? 0 : random.nextInt(6));
            case COLORIZATION -> colorization(random, frame);
          });
    }
    return scores;
  }

  static FrameScore semantic(SplittableRandom random) {
    byte[] truth = new byte[50];
    byte[] prediction = new byte[50];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = (byte) random.nextInt(CLASSES);
      prediction[i] = (byte) (random.nextBoolean() ? truth[i] : random.nextInt(CLASSES));
    }
    SemanticCounts counts = new SemanticCounts(CLASSES);
    counts.add(truth, prediction);
    return new FrameScore.Semantic(counts);
  }

  static FrameScore panoptic(SplittableRandom random) {
    PanopticCounts counts = new PanopticCounts(CLASSES);
    for (int classId = 0; classId < CLASSES; classId++) {
      int right = random.nextInt(3);
      counts.add(
          classId,
          right * (0.5 + random.nextDouble() / 2),
          right,
          random.nextInt(3),
          random.nextInt(3));
    }
    return new FrameScore.Panoptic(counts);
  }

  /** One frame without any error; the first has none before it. */
  static FrameScore colorization(SplittableRandom random, int frame) {
    long similar = 20L + random.nextInt(20);
    return new FrameScore.Colorization(
        new ColourCounts(
            frame == 3 ? 0 : 1 + random.nextInt(1_000_000), 300, similar * 0.75, similar),
        random.nextInt(40),
        random.nextInt(60),
        frame == 0
            ? Optional.empty()
            : Optional.of(new ChromaChange(random.nextInt(900), random.nextInt(300), 200)));
  }

  /** Objects and detections of all sizes; few different scores, so that many are equal. */
  static FrameScore instance(SplittableRandom random, int objects) {
    List<InstanceTruth> truths = new ArrayList<>();
    List<InstanceDetection> detections = new ArrayList<>();
    for (int object = 0; object < objects; object++) {
      int classId = random.nextInt(CLASSES);
      int first = random.nextInt(SIDE - 1);
      int width = 1 + random.nextInt(Math.min(SIDE - first, 1 << 1 + random.nextInt(7)));
      RunLengthMask mask = columns(first, width);
      truths.add(new InstanceTruth(classId, mask, mask.area(), random.nextInt(8) == 0));
      for (int guess = random.nextInt(4); guess > 0; guess--) {
        int start = Math.max(0, first - random.nextInt(1 + width / 4));
        int length = Math.min(SIDE - start, Math.max(1, width - random.nextInt(1 + width / 4)));
        detections.add(
            new InstanceDetection(
                random.nextInt(6) == 0 ? 0 : classId,
                columns(start, length),
                random.nextInt(9) / 8.0));
      }
    }
    detections.add(new InstanceDetection(random.nextInt(CLASSES), columns(3, 9), 0.5));
    InstanceCounts counts = new InstanceCounts(CLASSES);
    counts.add("frame", truths, detections);
    return new FrameScore.Instance(counts);
  }

  private static RunLengthMask columns(int first, int count) {
    int before = first * SIDE;
    int inside = count * SIDE;
    return new RunLengthMask(SIDE, SIDE, new int[] {before, inside, SIDE * SIDE - before - inside});
  }

  private static double reference(PooledMetric metric, List<FrameScore> scores) {
    return switch (metric) {
      case MIOU -> semanticSum(scores).meanIou().orElseThrow();
      case PQ -> panopticSum(scores).quality().map(PanopticQuality::pq).orElseThrow();
      case SQ -> panopticSum(scores).quality().map(PanopticQuality::sq).orElseThrow();
      case RQ -> panopticSum(scores).quality().map(PanopticQuality::rq).orElseThrow();
      case PQ_THINGS ->
          panopticSum(scores).quality(id -> id == 2).map(PanopticQuality::pq).orElseThrow();
      case PQ_STUFF ->
          panopticSum(scores).quality(id -> id != 2).map(PanopticQuality::pq).orElseThrow();
      case AP -> instanceSum(scores).averagePrecision(AreaRange.ALL).orElseThrow();
      case AP50 -> instanceSum(scores).averagePrecisionAt(0).orElseThrow();
      case AP75 -> instanceSum(scores).averagePrecisionAt(5).orElseThrow();
      case AP_SMALL -> instanceSum(scores).averagePrecision(AreaRange.SMALL).orElseThrow();
      case AP_MEDIUM -> instanceSum(scores).averagePrecision(AreaRange.MEDIUM).orElseThrow();
      case AP_LARGE -> instanceSum(scores).averagePrecision(AreaRange.LARGE).orElseThrow();
      case PSNR -> colourSum(scores).peakSignalToNoise().orElseThrow();
      case SSIM -> colourSum(scores).structuralSimilarity().orElseThrow();
      case COLOURFULNESS ->
          colours(scores)
              .mapToDouble(FrameScore.Colorization::colourfulness)
              .average()
              .orElseThrow();
      case TRUE_COLOURFULNESS ->
          colours(scores)
              .mapToDouble(FrameScore.Colorization::trueColourfulness)
              .average()
              .orElseThrow();
      case FLICKER ->
          colours(scores)
              .flatMap(score -> score.change().stream())
              .reduce(ChromaChange.NONE, ChromaChange::plus)
              .flicker()
              .orElseThrow();
    };
  }

  private static Stream<FrameScore.Colorization> colours(List<FrameScore> scores) {
    return scores.stream().map(FrameScore.Colorization.class::cast);
  }

  private static ColourCounts colourSum(List<FrameScore> scores) {
    return colours(scores)
        .map(FrameScore.Colorization::counts)
        .reduce(ColourCounts.NONE, ColourCounts::plus);
  }

  private static SemanticCounts semanticSum(List<FrameScore> scores) {
    SemanticCounts sum = new SemanticCounts(CLASSES);
    scores.forEach(score -> sum.add(((FrameScore.Semantic) score).counts()));
    return sum;
  }

  private static PanopticCounts panopticSum(List<FrameScore> scores) {
    PanopticCounts sum = new PanopticCounts(CLASSES);
    scores.forEach(score -> sum.add(((FrameScore.Panoptic) score).counts()));
    return sum;
  }

  private static InstanceCounts instanceSum(List<FrameScore> scores) {
    InstanceCounts sum = new InstanceCounts(CLASSES);
    scores.forEach(score -> sum.add(((FrameScore.Instance) score).counts()));
    return sum;
  }

  @Test
  void averagePrecisionPerClassEqualsThatOfTheCounts() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    List<FrameScore> scores = new ArrayList<>();
    for (int frame = 0; frame < 150; frame++) {
      scores.add(instance(random, random.nextInt(8)));
    }
    write(
        new SyntheticResults(folder),
        SyntheticResults.unit(Task.INSTANCE, "0001", Methods.MAE_JOINT_TRAINING, 0),
        scores,
        new ArrayList<>());
    InstanceCounts counts = instanceSum(scores);

    try (SparkSession spark = SyntheticResults.session()) {
      Dataset<Row> frames =
          FrameQueries.named(
              FrameQueries.frames(
                  spark, new org.apache.hadoop.fs.Path(folder.resolve("metrics").toString())),
              spark.createDataFrame(List.of(), FrameQueries.LABELS),
              true);
      List<Row> classes =
          InstancePooling.pooledClasses(frames)
              .where(InstancePooling.AREA + " = " + AreaRange.ALL.ordinal())
              .orderBy(MetricsSchema.CATEGORY)
              .collectAsList();
      assertThat(classes).hasSize(CLASSES);
      for (Row row : classes) {
        int classId = row.getAs(MetricsSchema.CATEGORY);
        assertThat(row.<Double>getAs(InstancePooling.CLASS_AP))
            .isCloseTo(counts.averagePrecisionOfClass(classId).orElseThrow(), within(EXACT));
      }
    }
  }

  @Test
  void withoutAnyObjectNothingIsDefinedAndAMissedOneIsZero() throws IOException {
    SyntheticResults results = new SyntheticResults(folder);
    InstanceCounts nothing = new InstanceCounts(CLASSES);
    nothing.add("frame", List.of(), List.of(new InstanceDetection(0, columns(0, 20), 0.5)));
    results.write(
        SyntheticResults.unit(Task.INSTANCE, "0001", Methods.MAE_JOINT_TRAINING, 0),
        SyntheticResults.frame(0, new FrameScore.Instance(nothing)));
    InstanceCounts missed = new InstanceCounts(CLASSES);
    missed.add("frame", List.of(new InstanceTruth(1, columns(0, 2), 256, false)), List.of());
    results.write(
        SyntheticResults.unit(Task.INSTANCE, "0001", Methods.ONLINE_TTT_MAE, 0),
        SyntheticResults.frame(0, new FrameScore.Instance(missed)));

    List<Measurement> measurements = measurements();

    assertThat(measurements.get(0).pooled()).isEmpty();
    assertThat(measurements.get(0).frameMean()).isNaN();
    assertThat(measurements.get(1).pooled())
        .containsOnly(
            Map.entry(PooledMetric.AP, 0.0),
            Map.entry(PooledMetric.AP50, 0.0),
            Map.entry(PooledMetric.AP75, 0.0),
            Map.entry(PooledMetric.AP_SMALL, 0.0));
    assertThat(measurements.get(1).frameMean()).isZero();
  }

  @Test
  void referenceCasesPoolToTheReferenceToolsNumbers() throws IOException {
    assumeTrue(Files.isDirectory(CASES), "no metric cases at " + CASES);
    Configuration hadoop = new Configuration();
    String root = CASES.toAbsolutePath().normalize().toString();
    CocoInstances truth = CocoInstances.read(root + "/instance/gt.json", hadoop);
    InstanceEvaluation instance =
        new InstanceEvaluation(
            truth, CocoResults.read(root + "/instance/pred.json", truth, hadoop));
    writeCases(
        Task.INSTANCE,
        Collections.nCopies(truth.categories().size(), true),
        instance.files().size(),
        frame -> new FrameScore.Instance(instance.count(frame)));
    CocoPanoptic segments =
        CocoPanoptic.groundTruth(root + "/panoptic/gt.json", root + "/panoptic/gt", hadoop);
    PanopticEvaluation panoptic =
        new PanopticEvaluation(
            segments,
            CocoPanoptic.predictions(
                root + "/panoptic/pred.json", root + "/panoptic/pred", segments, hadoop));
    writeCases(
        Task.PANOPTIC,
        segments.categories().stream().map(CocoCategory::thing).toList(),
        panoptic.files().size(),
        frame -> new FrameScore.Panoptic(panoptic.count(frame).benchmark()));
    JsonNode expected = new ObjectMapper().readTree(CASES.resolve("expected.json").toFile());

    List<Measurement> measurements = measurements();

    assertThat(measurements).hasSize(2);
    for (Measurement measurement : measurements) {
      JsonNode own = expected.get(measurement.set().task().id());
      assertThat(measurement.frameMean())
          .isCloseTo(own.get("frame_mean").asDouble(), within(REFERENCE));
      measurement
          .pooled()
          .forEach(
              (metric, value) ->
                  assertThat(value)
                      .as(metric.title())
                      .isCloseTo(
                          own.get("pooled").get(metric.title().replace(' ', '_')).asDouble(),
                          within(REFERENCE)));
      assertThat(measurement.pooled()).containsOnlyKeys(PooledMetric.of(measurement.set().task()));
    }
  }

  /** One frame of the reference cases. */
  @FunctionalInterface
  private interface Case {
    FrameScore score(int frame);
  }

  private void writeCases(Task task, List<Boolean> things, int count, Case cases)
      throws IOException {
    FrameResult[] frames = new FrameResult[count];
    for (int frame = 0; frame < count; frame++) {
      frames[frame] = SyntheticResults.frame(frame, cases.score(frame));
    }
    new SyntheticResults(folder, things)
        .write(SyntheticResults.unit(task, "0001", Methods.MAE_JOINT_TRAINING, 0), frames);
  }
}
