package io.videottt.jobs.query;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log10;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.videottt.jobs.results.MetricsSchema;
import io.videottt.reports.PooledMetric;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The metrics of colorization over all frames of a repetition: of the sums of errors, similarities
 * and changes over all pixels. Colourfulness is that of an image and is averaged over the frames.
 */
final class ColourPooling {

  private static final double PEAK = 255;
  private static final double DECIBELS = 10;

  private ColourPooling() {}

  /** One row per repetition; a metric that is not defined is null, and there are no classes. */
  static Dataset<Row> pooledMeans(Dataset<Row> frames) {
    Column error = sum(MetricsSchema.SQUARED_ERROR);
    Column signal = sum(MetricsSchema.COLOUR_SAMPLES).multiply(PEAK * PEAK);
    Column changes = sum(MetricsSchema.CHROMA_CHANGE_SAMPLES);
    return frames
        .groupBy(FrameQueries.columns(FrameQueries.REPETITION))
        .agg(
            when(error.gt(0), log10(signal.divide(error)).multiply(DECIBELS))
                .as(PooledMetric.PSNR.id()),
            ratio(sum(MetricsSchema.SSIM_SUM), sum(MetricsSchema.SSIM_SAMPLES))
                .as(PooledMetric.SSIM.id()),
            avg(MetricsSchema.COLOURFULNESS).as(PooledMetric.COLOURFULNESS.id()),
            avg(MetricsSchema.TRUE_COLOURFULNESS).as(PooledMetric.TRUE_COLOURFULNESS.id()),
            ratio(
                    sum(MetricsSchema.CHROMA_CHANGE).minus(sum(MetricsSchema.TRUE_CHROMA_CHANGE)),
                    changes)
                .as(PooledMetric.FLICKER.id()),
            noClasses().as(FrameQueries.CLASS_VALUES));
  }

  private static Column ratio(Column total, Column samples) {
    return when(samples.gt(0), total.divide(samples));
  }

  private static Column noClasses() {
    Column none = struct(lit(0).as(FrameQueries.CLASS_ID), lit(0.0).as(FrameQueries.CLASS_VALUE));
    return slice(array(none), 1, 0);
  }
}
