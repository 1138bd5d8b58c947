package io.videottt.jobs.ml;

import io.videottt.catalog.image.LabelMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The class of every pixel of an image as a row: height, width, classes. */
public final class ClassMasks {

  /** The struct of a mask. */
  public static final StructType SCHEMA =
      new StructType(
          new StructField[] {
            DataTypes.createStructField("height", DataTypes.IntegerType, false),
            DataTypes.createStructField("width", DataTypes.IntegerType, false),
            DataTypes.createStructField("classes", DataTypes.BinaryType, false)
          });

  private ClassMasks() {}

  static Row of(LabelMap mask) {
    return RowFactory.create(mask.height(), mask.width(), mask.labels());
  }

  public static LabelMap mask(Row row) {
    return new LabelMap(row.getInt(0), row.getInt(1), row.getAs(2));
  }
}
