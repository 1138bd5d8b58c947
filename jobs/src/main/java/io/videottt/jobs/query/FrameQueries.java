package io.videottt.jobs.query;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.base.Task;
import io.videottt.jobs.results.FrameColumns;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.results.UnitInventory;
import io.videottt.jobs.sweep.plan.ResultLabel;
import io.videottt.reports.PooledMetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The steps from frame rows to results, each a function from table to table. They use Spark SQL
 * functions only, no functions of our own: their plans are Parquet scans, filters, projections,
 * explodes, hash aggregates, hash and sort-merge joins, windows and sorts, which Spark RAPIDS can
 * run on a GPU. A test of the profile {@code rapids} names any operator that it could not.
 */
public final class FrameQueries {

  private static final String NAMED_MODEL = "named_model";
  private static final String NAMED_TRAINING_SEED = "named_training_seed";
  private static final String NAMED_VARIANT = "named_variant";

  public static final String QUALITY = "quality";
  public static final String VIDEO_MEAN = "video_mean";
  static final String FRAMES = "frames";
  static final String EVALUATED = "evaluated";
  public static final String VALUES = "values";
  public static final String CLASS_VALUES = "class_values";
  static final String CLASS_ID = "class_id";
  static final String CLASS_VALUE = "class_value";

  /** The model that the others are compared with. */
  public static final Method FIXED = Methods.MAE_JOINT_TRAINING;

  /** What identifies a row of a table; a seed of a trained model is one repetition of it. */
  static final List<String> RESULT =
      List.of(
          MetricsSchema.DATASET,
          MetricsSchema.SPLIT,
          MetricsSchema.TASK,
          MetricsSchema.MODEL,
          MetricsSchema.METHOD,
          MetricsSchema.VARIANT);

  /** Columns of {@link ResultLabel}. */
  static final StructType LABELS =
      new StructType()
          .add(MetricsSchema.UNIT_ID, DataTypes.StringType)
          .add(NAMED_MODEL, DataTypes.StringType)
          .add(NAMED_TRAINING_SEED, DataTypes.LongType)
          .add(NAMED_VARIANT, DataTypes.StringType);

  static final List<String> REPETITION =
      with(RESULT, MetricsSchema.TRAINING_SEED, MetricsSchema.SEED);

  private FrameQueries() {}

  /**
   * The frames of a results folder with their task's own metric, in its unit, as {@link #QUALITY},
   * and the released code's as {@link ReleasedQueries#RELEASED}.
   *
   * @param metrics its folder of Parquet files; a column that a file does not have is null
   * @param inventory which of the files can be used; the others are not read
   */
  public static Dataset<Row> frames(SparkSession spark, Path metrics, UnitInventory inventory) {
    // Spark lists one folder faster than it looks up its files one by one, but refuses it when
    // anything else lies there.
    return inventory.isPure()
        ? frames(spark, metrics)
        : frames(
            spark,
            metrics,
            inventory.sound().values().stream()
                .map(file -> file.path().toString())
                .toArray(String[]::new));
  }

  /** The same of all files that there are. */
  static Dataset<Row> frames(SparkSession spark, Path metrics) {
    return frames(spark, metrics, metrics.toString());
  }

  private static Dataset<Row> frames(SparkSession spark, Path metrics, String... paths) {
    Column quality =
        coalesce(
            col(MetricsSchema.MIOU),
            col(MetricsSchema.PQ),
            col(MetricsSchema.AP),
            col(MetricsSchema.PSNR));
    return spark
        .read()
        .schema(FrameColumns.READ)
        .option("basePath", metrics.toString())
        .parquet(paths)
        .withColumn(
            MetricsSchema.VIDEO, coalesce(col(MetricsSchema.VIDEO_NAME), col(MetricsSchema.VIDEO)))
        .drop(MetricsSchema.VIDEO_NAME)
        .withColumn(QUALITY, quality)
        .withColumn(ReleasedQueries.RELEASED, ReleasedQueries.value())
        .withColumn(ReleasedQueries.UNKNOWN, ReleasedQueries.unknown());
  }

  /** The units that rows are of, one row each: their names, and what their numbers depend on. */
  static Dataset<Row> units(Dataset<Row> frames) {
    return frames
        .select(
            columns(
                with(
                    REPETITION,
                    MetricsSchema.UNIT_ID,
                    MetricsSchema.VIDEO,
                    MetricsSchema.MODEL_FINGERPRINT,
                    MetricsSchema.SETTINGS)))
        .distinct();
  }

  /**
   * Frames under the names that sweeps give their units; a unit of several names has its frames
   * once under each. A model whose training seed is not told counts as of seed 0.
   *
   * @param frames with unit id, model, training seed and variant
   * @param labels of the columns {@link #LABELS}
   * @param others whether units without a name stay, under those that they were run with
   */
  static Dataset<Row> named(Dataset<Row> frames, Dataset<Row> labels, boolean others) {
    return frames
        .join(broadcast(labels), names(List.of(MetricsSchema.UNIT_ID)), others ? "left" : "inner")
        .withColumn(MetricsSchema.MODEL, coalesce(col(NAMED_MODEL), col(MetricsSchema.MODEL)))
        .withColumn(
            MetricsSchema.TRAINING_SEED,
            coalesce(col(NAMED_TRAINING_SEED), col(MetricsSchema.TRAINING_SEED), lit(0L)))
        .withColumn(MetricsSchema.VARIANT, coalesce(col(NAMED_VARIANT), col(MetricsSchema.VARIANT)))
        .drop(NAMED_MODEL, NAMED_TRAINING_SEED, NAMED_VARIANT);
  }

  /**
   * The task's metrics over all frames of a repetition, one column per {@link PooledMetric}, and
   * those of its classes as {@link #CLASS_VALUES}.
   */
  public static Dataset<Row> pooled(Task task, Dataset<Row> frames) {
    Dataset<Row> own = frames.where(col(MetricsSchema.TASK).equalTo(task.id()));
    return switch (task) {
      case SEMANTIC ->
          SemanticPooling.pooledMeans(
              SemanticPooling.pooledClasses(SemanticPooling.pooledCells(own)));
      case PANOPTIC -> PanopticPooling.pooledMeans(PanopticPooling.pooledClasses(own));
      case INSTANCE -> InstancePooling.pooledMeans(InstancePooling.pooledClasses(own));
      case COLORIZATION -> ColourPooling.pooledMeans(own);
    };
  }

  /**
   * Per repetition and video: the mean over the frames where the metric is defined, the same of the
   * released code's metric, the numbers of frames, the sums of their seconds, and the defined
   * values in temporal order as {@link #VALUES}. The repetitions of one video and trained model
   * stand together, those of the fixed model, which is the jointly trained one without variant,
   * first.
   */
  public static Dataset<Row> videos(Dataset<Row> frames) {
    // A variant is the fixed model with something on top, smoothed say.
    return videos(
        frames,
        col(MetricsSchema.METHOD).equalTo(FIXED.id()).and(col(MetricsSchema.VARIANT).equalTo("")));
  }

  /**
   * The same with another baseline.
   *
   * @param baseline which rows come first
   */
  public static Dataset<Row> videos(Dataset<Row> frames, Column baseline) {
    Column value =
        when(col(QUALITY).isNotNull(), struct(col(MetricsSchema.FRAME_INDEX), col(QUALITY)));
    List<Column> order =
        new ArrayList<>(
            List.of(
                columns(
                    List.of(
                        MetricsSchema.DATASET,
                        MetricsSchema.SPLIT,
                        MetricsSchema.TASK,
                        MetricsSchema.MODEL,
                        MetricsSchema.VIDEO,
                        MetricsSchema.TRAINING_SEED))));
    order.add(not(baseline));
    order.addAll(
        List.of(columns(List.of(MetricsSchema.METHOD, MetricsSchema.VARIANT, MetricsSchema.SEED))));
    return frames
        .groupBy(columns(with(REPETITION, MetricsSchema.VIDEO)))
        .agg(
            avg(QUALITY).as(VIDEO_MEAN),
            count(lit(1)).as(FRAMES),
            count(QUALITY).as(EVALUATED),
            count(when(col(MetricsSchema.ANNOTATED), 1)).as(MetricsSchema.ANNOTATED),
            avg(ReleasedQueries.RELEASED).as(ReleasedQueries.RELEASED),
            count(ReleasedQueries.RELEASED).as(ReleasedQueries.DEFINED),
            count(when(col(ReleasedQueries.UNKNOWN), 1)).as(ReleasedQueries.UNKNOWN),
            sum(MetricsSchema.SECONDS_LOAD).as(MetricsSchema.SECONDS_LOAD),
            sum(MetricsSchema.SECONDS_ADAPT).as(MetricsSchema.SECONDS_ADAPT),
            sum(MetricsSchema.SECONDS_PREDICT).as(MetricsSchema.SECONDS_PREDICT),
            sum(MetricsSchema.SECONDS_EVALUATE).as(MetricsSchema.SECONDS_EVALUATE),
            sort_array(collect_list(value)).as(VALUES))
        .orderBy(order.toArray(Column[]::new));
  }

  /** The defined values of classes, to be told beside their mean. */
  static Column classValues(Column classId, Column value) {
    Column entry = struct(classId.as(CLASS_ID), value.as(CLASS_VALUE));
    return collect_list(when(value.isNotNull(), entry)).as(CLASS_VALUES);
  }

  /** Names as joins take them in every version of Scala. */
  static String[] names(List<String> names) {
    return names.toArray(String[]::new);
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
