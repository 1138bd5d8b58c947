package io.videottt.jobs;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.videottt.adaptation.Method;
import io.videottt.metrics.AreaRange;
import io.videottt.metrics.Task;
import io.videottt.reports.PooledMetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The steps from frame rows to results, each a function from table to table. They use Spark SQL
 * functions only, no functions of our own: their plans are Parquet scans, filters, projections,
 * explodes, hash aggregates, hash and sort-merge joins, windows and sorts, which Spark RAPIDS can
 * run on a GPU. A test of the profile {@code rapids} names any operator that it could not.
 */
final class MetricsQueries {

  static final String DATASET = "dataset";
  static final String TASK = "task";
  static final String METHOD = "method";
  static final String VIDEO = "video";
  static final String FRAME_MEAN = "frame_mean";
  static final String QUALITY = "quality";
  static final String VIDEOS = "videos";
  static final String FRAMES = "frames";
  static final String SEEDS = "seeds";
  static final String PAIRS = "pairs";
  static final String FIXED = "fixed";

  /** What identifies a row of a table; a seed is one repetition of it. */
  static final List<String> RESULT =
      List.of(
          DATASET, MetricsSchema.SPLIT, TASK, MetricsSchema.MODEL, METHOD, MetricsSchema.VARIANT);

  /** The columns that reports read; naming them saves a look into the files beforehand. */
  static final StructType COLUMNS =
      new StructType()
          .add(MetricsSchema.UNIT_ID, DataTypes.StringType)
          .add(MetricsSchema.SPLIT, DataTypes.StringType)
          .add(MetricsSchema.MODEL, DataTypes.StringType)
          .add(MetricsSchema.VARIANT, DataTypes.StringType)
          .add(MetricsSchema.SEED, DataTypes.LongType)
          .add(MetricsSchema.FRAME_INDEX, DataTypes.IntegerType)
          .add(MetricsSchema.MIOU, DataTypes.DoubleType)
          .add(MetricsSchema.CLASS_COUNT, DataTypes.IntegerType)
          .add(MetricsSchema.CONFUSION_CELLS, DataTypes.createArrayType(DataTypes.IntegerType))
          .add(MetricsSchema.CONFUSION_COUNTS, DataTypes.createArrayType(DataTypes.LongType))
          .add(MetricsSchema.PQ, DataTypes.DoubleType)
          .add(MetricsSchema.PANOPTIC_COUNTS, DataTypes.createArrayType(panopticCounts()))
          .add(MetricsSchema.AP, DataTypes.DoubleType)
          .add(MetricsSchema.DETECTIONS, DataTypes.createArrayType(detection()))
          .add(MetricsSchema.INSTANCE_COUNTS, DataTypes.createArrayType(instanceCounts()))
          .add(MetricsSchema.SECONDS_LOAD, DataTypes.DoubleType)
          .add(MetricsSchema.SECONDS_ADAPT, DataTypes.DoubleType)
          .add(MetricsSchema.SECONDS_PREDICT, DataTypes.DoubleType)
          .add(MetricsSchema.SECONDS_EVALUATE, DataTypes.DoubleType)
          .add(DATASET, DataTypes.StringType)
          .add(TASK, DataTypes.StringType)
          .add(METHOD, DataTypes.StringType)
          .add(VIDEO, DataTypes.StringType);

  static final List<String> REPETITION = with(RESULT, MetricsSchema.SEED);

  private MetricsQueries() {}

  private static StructType panopticCounts() {
    return new StructType()
        .add(MetricsSchema.CATEGORY, DataTypes.IntegerType)
        .add(MetricsSchema.THING, DataTypes.BooleanType)
        .add(MetricsSchema.IOU_SUM, DataTypes.DoubleType)
        .add(MetricsSchema.TRUE_POSITIVES, DataTypes.LongType)
        .add(MetricsSchema.FALSE_POSITIVES, DataTypes.LongType)
        .add(MetricsSchema.FALSE_NEGATIVES, DataTypes.LongType);
  }

  private static StructType detection() {
    return new StructType()
        .add(MetricsSchema.CATEGORY, DataTypes.IntegerType)
        .add(MetricsSchema.SCORE, DataTypes.DoubleType)
        .add(MetricsSchema.MATCHED, DataTypes.LongType)
        .add(MetricsSchema.IGNORED, DataTypes.LongType);
  }

  private static StructType instanceCounts() {
    StructType counts = new StructType().add(MetricsSchema.CATEGORY, DataTypes.IntegerType);
    for (AreaRange range : AreaRange.values()) {
      counts = counts.add(MetricsSchema.area(range), DataTypes.LongType);
    }
    return counts;
  }

  /** The frames with their task's own metric, percent, as {@link #QUALITY}. */
  static Dataset<Row> withQuality(Dataset<Row> frames) {
    return frames.withColumn(
        QUALITY, coalesce(col(MetricsSchema.MIOU), col(MetricsSchema.PQ), col(MetricsSchema.AP)));
  }

  /** The task's metrics over all frames of a result, one column per {@link PooledMetric}. */
  static Dataset<Row> pooled(Task task, Dataset<Row> frames) {
    Dataset<Row> own = frames.where(col(TASK).equalTo(task.id()));
    return switch (task) {
      case SEMANTIC ->
          SemanticQueries.pooledMeans(
              SemanticQueries.pooledClasses(SemanticQueries.pooledCells(own)));
      case PANOPTIC -> PanopticQueries.pooledMeans(PanopticQueries.pooledClasses(own));
      case INSTANCE -> InstanceQueries.pooledMeans(InstanceQueries.pooledClasses(own));
    };
  }

  /** Frame-mean protocol per video: mean over the frames where the metric is defined. */
  static Dataset<Row> videoMeans(Dataset<Row> frames) {
    return frames
        .groupBy(columns(with(REPETITION, VIDEO)))
        .agg(
            avg(QUALITY).as("video_mean"),
            count(lit(1)).as("video_frames"),
            count(QUALITY).as("evaluated_frames"));
  }

  /**
   * Frame-mean protocol: videos weighted by their number of frames, repetitions averaged. A video
   * without any defined frame has no weight.
   */
  static Dataset<Row> frameMeans(Dataset<Row> videoMeans) {
    Column weight = when(col("video_mean").isNotNull(), col("video_frames"));
    return videoMeans
        .groupBy(columns(REPETITION))
        .agg(
            sum(col("video_mean").multiply(weight)).divide(sum(weight)).as("repetition_mean"),
            countDistinct(VIDEO).as(VIDEOS),
            sum("evaluated_frames").as(FRAMES))
        .groupBy(columns(RESULT))
        .agg(
            avg("repetition_mean").as(FRAME_MEAN),
            expr("max(" + VIDEOS + ")").as(VIDEOS),
            expr("max(" + FRAMES + ")").as(FRAMES),
            count(lit(1)).as(SEEDS));
  }

  /** Means of a task's pooled metrics over the repetitions of a result. */
  static Dataset<Row> meanOfRepetitions(Dataset<Row> repetitions, PooledMetric... metrics) {
    Column[] means =
        Arrays.stream(metrics)
            .map(metric -> avg(metric.id()).as(metric.id()))
            .toArray(Column[]::new);
    return repetitions
        .groupBy(columns(RESULT))
        .agg(means[0], Arrays.copyOfRange(means, 1, means.length));
  }

  /** Mean seconds per frame, by what they were spent on. */
  static Dataset<Row> secondsPerFrame(Dataset<Row> frames) {
    return frames
        .groupBy(columns(RESULT))
        .agg(
            avg(MetricsSchema.SECONDS_LOAD).as(MetricsSchema.SECONDS_LOAD),
            avg(MetricsSchema.SECONDS_ADAPT).as(MetricsSchema.SECONDS_ADAPT),
            avg(MetricsSchema.SECONDS_PREDICT).as(MetricsSchema.SECONDS_PREDICT),
            avg(MetricsSchema.SECONDS_EVALUATE).as(MetricsSchema.SECONDS_EVALUATE));
  }

  /**
   * Per result and video, the frames' pairs (method, fixed model) in temporal order, for the paired
   * bootstrap; a frame's repetitions are averaged first. The fixed model is the jointly trained one
   * with the same weights.
   */
  static Dataset<Row> pairsWithFixed(Dataset<Row> frames) {
    List<String> frame =
        List.of(
            DATASET,
            MetricsSchema.SPLIT,
            TASK,
            MetricsSchema.MODEL,
            VIDEO,
            MetricsSchema.FRAME_INDEX);
    Column isFixed = col(METHOD).equalTo(Method.MAE_JOINT_TRAINING.id());
    Dataset<Row> defined = frames.where(col(QUALITY).isNotNull());
    Dataset<Row> fixed = defined.where(isFixed).groupBy(columns(frame)).agg(avg(QUALITY).as(FIXED));
    Dataset<Row> others =
        defined
            .where(functions.not(isFixed))
            .groupBy(columns(with(RESULT, VIDEO, MetricsSchema.FRAME_INDEX)))
            .agg(avg(QUALITY).as(QUALITY));
    Column pair = struct(col(MetricsSchema.FRAME_INDEX), col(QUALITY), col(FIXED));
    return others
        .join(fixed, sequence(frame), "inner")
        .groupBy(columns(with(RESULT, VIDEO)))
        .agg(sort_array(collect_list(pair)).as(PAIRS))
        .orderBy(columns(with(RESULT, VIDEO)));
  }

  /** {@link #RESULT} as Spark's joins want it. */
  static Seq<String> resultColumns() {
    return sequence(RESULT);
  }

  /** {@link #RESULT} as an order. */
  static Column[] orderOfResults() {
    return columns(RESULT);
  }

  static Seq<String> sequence(List<String> names) {
    return JavaConverters.asScalaBuffer(names).toSeq();
  }

  static List<String> with(List<String> names, String... more) {
    List<String> all = new ArrayList<>(names);
    all.addAll(Arrays.asList(more));
    return List.copyOf(all);
  }

  static Column[] with(Column[] columns, Column... more) {
    List<Column> all = new ArrayList<>(Arrays.asList(columns));
    all.addAll(Arrays.asList(more));
    return all.toArray(Column[]::new);
  }

  static Column[] columns(List<String> names) {
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }
}
