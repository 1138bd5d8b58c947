package io.videottt.jobs;

import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.videottt.adaptation.Method;
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
 * functions only, no functions of our own.
 */
final class MetricsQueries {

  static final String DATASET = "dataset";
  static final String TASK = "task";
  static final String METHOD = "method";
  static final String VIDEO = "video";
  static final String FRAME_MEAN = "frame_mean";
  static final String POOLED = "pooled";
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
          .add(MetricsSchema.SECONDS_LOAD, DataTypes.DoubleType)
          .add(MetricsSchema.SECONDS_ADAPT, DataTypes.DoubleType)
          .add(MetricsSchema.SECONDS_PREDICT, DataTypes.DoubleType)
          .add(MetricsSchema.SECONDS_EVALUATE, DataTypes.DoubleType)
          .add(DATASET, DataTypes.StringType)
          .add(TASK, DataTypes.StringType)
          .add(METHOD, DataTypes.StringType)
          .add(VIDEO, DataTypes.StringType);

  private static final List<String> REPETITION = with(RESULT, MetricsSchema.SEED);
  private static final String CLASS = "class";
  private static final String TRUTH = "truth";
  private static final String PREDICTED = "predicted";
  private static final String CORRECT = "correct";

  private MetricsQueries() {}

  /** Frame-mean protocol per video: mean over the frames where the metric is defined. */
  static Dataset<Row> videoMeans(Dataset<Row> frames) {
    return frames
        .groupBy(columns(with(REPETITION, VIDEO)))
        .agg(
            avg(MetricsSchema.MIOU).as("video_mean"),
            count(lit(1)).as("video_frames"),
            count(MetricsSchema.MIOU).as("evaluated_frames"));
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

  /** Non-zero cells of the confusion matrices, summed over all frames of a repetition. */
  static Dataset<Row> pooledCells(Dataset<Row> frames) {
    Column classes = col(MetricsSchema.CLASS_COUNT);
    return frames
        .select(
            with(
                columns(REPETITION),
                classes,
                explode(
                        arrays_zip(
                            col(MetricsSchema.CONFUSION_CELLS),
                            col(MetricsSchema.CONFUSION_COUNTS)))
                    .as("cell")))
        .select(
            with(
                columns(REPETITION),
                expr("cell." + MetricsSchema.CONFUSION_CELLS + " div class_count").as(TRUTH),
                col("cell." + MetricsSchema.CONFUSION_CELLS).mod(classes).as(PREDICTED),
                col("cell." + MetricsSchema.CONFUSION_COUNTS).as("pixels")))
        .groupBy(columns(with(REPETITION, TRUTH, PREDICTED)))
        .agg(sum("pixels").as("pixels"));
  }

  /** Pixels per class of a repetition: of the ground truth, of the prediction, and of both. */
  static Dataset<Row> pooledClasses(Dataset<Row> cells) {
    Column pixels = col("pixels");
    Column zero = lit(0L);
    Dataset<Row> ofTruth =
        cells.select(
            with(
                columns(REPETITION),
                col(TRUTH).cast("int").as(CLASS),
                pixels.as(TRUTH),
                zero.as(PREDICTED),
                when(col(TRUTH).equalTo(col(PREDICTED)), pixels).otherwise(zero).as(CORRECT)));
    Dataset<Row> ofPrediction =
        cells.select(
            with(
                columns(REPETITION),
                col(PREDICTED).cast("int").as(CLASS),
                zero.as(TRUTH),
                pixels.as(PREDICTED),
                zero.as(CORRECT)));
    return ofTruth
        .union(ofPrediction)
        .groupBy(columns(with(REPETITION, CLASS)))
        .agg(sum(TRUTH).as(TRUTH), sum(PREDICTED).as(PREDICTED), sum(CORRECT).as(CORRECT));
  }

  /** Pooled protocol: mean IoU over the classes present in the ground truth, percent. */
  static Dataset<Row> pooledMeans(Dataset<Row> classes) {
    Column union = col(TRUTH).plus(col(PREDICTED)).minus(col(CORRECT));
    return classes
        .where(col(TRUTH).gt(0))
        .groupBy(columns(REPETITION))
        .agg(avg(col(CORRECT).multiply(100.0).divide(union)).as("repetition_pooled"))
        .groupBy(columns(RESULT))
        .agg(avg("repetition_pooled").as(POOLED));
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
    Dataset<Row> defined = frames.where(col(MetricsSchema.MIOU).isNotNull());
    Dataset<Row> fixed =
        defined.where(isFixed).groupBy(columns(frame)).agg(avg(MetricsSchema.MIOU).as(FIXED));
    Dataset<Row> others =
        defined
            .where(functions.not(isFixed))
            .groupBy(columns(with(RESULT, VIDEO, MetricsSchema.FRAME_INDEX)))
            .agg(avg(MetricsSchema.MIOU).as(MetricsSchema.MIOU));
    Column pair = struct(col(MetricsSchema.FRAME_INDEX), col(MetricsSchema.MIOU), col(FIXED));
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

  private static Seq<String> sequence(List<String> names) {
    return JavaConverters.asScalaBuffer(names).toSeq();
  }

  private static List<String> with(List<String> names, String... more) {
    List<String> all = new ArrayList<>(names);
    all.addAll(Arrays.asList(more));
    return List.copyOf(all);
  }

  private static Column[] with(Column[] columns, Column... more) {
    List<Column> all = new ArrayList<>(Arrays.asList(columns));
    all.addAll(Arrays.asList(more));
    return all.toArray(Column[]::new);
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }
}
