package io.videottt.jobs.results;

import io.videottt.base.InvalidInputException;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** The seconds that the frames of a unit took, out of the rows of its file. */
public final class UnitSeconds {

  private static final List<String> COLUMNS =
      List.of(
          MetricsSchema.SECONDS_LOAD,
          MetricsSchema.SECONDS_ADAPT,
          MetricsSchema.SECONDS_PREDICT,
          MetricsSchema.SECONDS_EVALUATE);

  private UnitSeconds() {}

  /**
   * The sum over all rows.
   *
   * @param file a unit's file that was found to be sound
   * @return empty where its rows tell no seconds
   * @throws IOException when the storage cannot be reached
   */
  public static OptionalDouble of(UnitFile file, Configuration hadoop) throws IOException {
    Configuration projecting = new Configuration(hadoop);
    MessageType seconds = seconds(file, hadoop);
    if (seconds.getFieldCount() == 0) {
      return OptionalDouble.empty();
    }
    projecting.set(ReadSupport.PARQUET_READ_SCHEMA, seconds.toString());
    double sum = 0;
    try (ParquetReader<Group> rows =
        ParquetReader.builder(new GroupReadSupport(), file.path()).withConf(projecting).build()) {
      for (Group row = rows.read(); row != null; row = rows.read()) {
        for (int field = 0; field < seconds.getFieldCount(); field++) {
          if (row.getFieldRepetitionCount(field) > 0) {
            sum += row.getDouble(field, 0);
          }
        }
      }
    } catch (RuntimeException e) {
      throw new InvalidInputException("%s: its rows cannot be read".formatted(file.path()), e);
    }
    return sum > 0 && Double.isFinite(sum) ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }

  private static MessageType seconds(UnitFile file, Configuration hadoop) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file.path(), hadoop))) {
      MessageType all = reader.getFileMetaData().getSchema();
      List<Type> columns =
          COLUMNS.stream()
              .filter(all::containsField)
              .map(name -> all.getType(all.getFieldIndex(name)))
              .filter(
                  type ->
                      type.isPrimitive()
                          && type.asPrimitiveType().getPrimitiveTypeName()
                              == PrimitiveTypeName.DOUBLE)
              .toList();
      return new MessageType(all.getName(), columns);
    }
  }
}
