package io.videottt.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The steps from frame rows to the pictures that are kept of a few frames. */
final class PreviewQueries {

  private static final StructType COLUMNS =
      new StructType()
          .add(MetricsSchema.UNIT_ID, DataTypes.StringType)
          .add(MetricsSchema.SPLIT, DataTypes.StringType)
          .add(MetricsSchema.MODEL, DataTypes.StringType)
          .add(MetricsSchema.TRAINING_SEED, DataTypes.LongType)
          .add(MetricsSchema.VARIANT, DataTypes.StringType)
          .add(MetricsSchema.SEED, DataTypes.LongType)
          .add(MetricsSchema.FRAME_INDEX, DataTypes.IntegerType)
          .add(MetricsSchema.FRAME_NAME, DataTypes.StringType)
          .add(MetricsSchema.MIOU, DataTypes.DoubleType)
          .add(MetricsSchema.PQ, DataTypes.DoubleType)
          .add(MetricsSchema.AP, DataTypes.DoubleType)
          .add(MetricsSchema.PREVIEW, DataTypes.BinaryType)
          .add(MetricsSchema.PREVIEW_INPUT, DataTypes.BinaryType)
          .add(MetricsSchema.PREVIEW_TRUTH, DataTypes.BinaryType)
          .add(MetricsQueries.DATASET, DataTypes.StringType)
          .add(MetricsQueries.TASK, DataTypes.StringType)
          .add(MetricsQueries.METHOD, DataTypes.StringType)
          .add(MetricsQueries.VIDEO, DataTypes.StringType);

  private PreviewQueries() {}

  /**
   * The frames of which pictures are kept and whose metric is defined.
   *
   * @param methods to look at
   */
  static Dataset<Row> frames(SparkSession spark, Path metrics, Set<String> methods) {
    return MetricsQueries.read(spark, metrics, COLUMNS)
        .where(col(MetricsQueries.METHOD).isin(methods.toArray()))
        .where(col(MetricsSchema.PREVIEW).isNotNull())
        .withColumn(MetricsQueries.QUALITY, MetricsQueries.quality())
        .where(col(MetricsQueries.QUALITY).isNotNull());
  }

  /** The frames without their pictures, those of one video and method by variant and seed. */
  static Dataset<Row> values(Dataset<Row> frames) {
    List<String> order =
        MetricsQueries.with(
            MetricsQueries.RESULT,
            MetricsSchema.TRAINING_SEED,
            MetricsSchema.SEED,
            MetricsSchema.UNIT_ID,
            MetricsQueries.VIDEO,
            MetricsSchema.FRAME_INDEX);
    return frames
        .select(
            MetricsQueries.columns(
                MetricsQueries.with(order, MetricsSchema.FRAME_NAME, MetricsQueries.QUALITY)))
        .orderBy(MetricsQueries.columns(order));
  }

  /** The pictures of frames, each named by its unit and index. */
  static Dataset<Row> pictures(Dataset<Row> frames, Set<PreviewChoice.Place> places) {
    Column wanted =
        places.stream()
            .map(
                place ->
                    col(MetricsSchema.UNIT_ID)
                        .equalTo(place.unitId())
                        .and(col(MetricsSchema.FRAME_INDEX).equalTo(place.frame())))
            .reduce(Column::or)
            .orElse(lit(false));
    return frames
        .where(wanted)
        .select(
            col(MetricsSchema.UNIT_ID),
            col(MetricsSchema.FRAME_INDEX),
            col(MetricsSchema.PREVIEW),
            col(MetricsSchema.PREVIEW_INPUT),
            col(MetricsSchema.PREVIEW_TRUTH));
  }
}
