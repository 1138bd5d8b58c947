package io.videottt.jobs.results;

import io.videottt.base.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * The rows of a unit's file, read in this process: numbers and texts, without lists and pictures.
 */
public final class UnitRows {

  private static final Set<PrimitiveTypeName> NUMBERS =
      EnumSet.of(PrimitiveTypeName.DOUBLE, PrimitiveTypeName.INT32, PrimitiveTypeName.INT64);

  private final UnitFile file;
  private final Configuration hadoop;
  private final MessageType schema;

  /** Takes rows one after the other. */
  public interface RowConsumer {

    /**
     * Takes a row.
     *
     * @param values by column, in the file's order; a column without a value is missing
     */
    void accept(Map<String, Object> values) throws IOException;
  }

  private UnitRows(UnitFile file, Configuration hadoop, MessageType schema) {
    this.file = file;
    this.hadoop = hadoop;
    this.schema = schema;
  }

  /**
   * Looks at a file.
   *
   * @param file a unit's file that was found to be sound
   * @throws IOException when the storage cannot be reached
   */
  public static UnitRows of(UnitFile file, Configuration hadoop) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file.path(), hadoop))) {
      MessageType all = reader.getFileMetaData().getSchema();
      List<Type> scalars = all.getFields().stream().filter(UnitRows::isScalar).toList();
      return new UnitRows(file, hadoop, new MessageType(all.getName(), scalars));
    }
  }

  private static boolean isScalar(Type type) {
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      return false;
    }
    return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case DOUBLE, INT32, INT64, BOOLEAN -> true;
      case BINARY ->
          type.getLogicalTypeAnnotation()
              instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation;
      default -> false;
    };
  }

  /** The columns that hold numbers of any kind, in the file's order. */
  public List<String> allNumbers() {
    return schema.getFields().stream()
        .filter(type -> NUMBERS.contains(type.asPrimitiveType().getPrimitiveTypeName()))
        .map(Type::getName)
        .toList();
  }

  /** The columns that hold real numbers, in the file's order. */
  public List<String> numbers() {
    return schema.getFields().stream()
        .filter(type -> type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE)
        .map(Type::getName)
        .toList();
  }

  /** What the folders of the file say: data set, task, method, and the video where it is whole. */
  public Map<String, String> folders() {
    Map<String, String> values = new LinkedHashMap<>();
    for (Path folder = file.path().getParent(); folder != null; folder = folder.getParent()) {
      int sign = folder.getName().indexOf('=');
      if (sign < 0) {
        break;
      }
      values.put(
          folder.getName().substring(0, sign), unescaped(folder.getName().substring(sign + 1)));
    }
    return values;
  }

  /** The reverse of what is done to folders' names: %3D is an equals sign. */
  private static String unescaped(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      Optional<Integer> code =
          name.charAt(i) == '%' && i + 2 < name.length()
              ? hexadecimal(name.substring(i + 1, i + 3))
              : Optional.empty();
      text.append(code.isPresent() ? (char) code.get().intValue() : name.charAt(i));
      i += code.isPresent() ? 2 : 0;
    }
    return text.toString();
  }

  private static Optional<Integer> hexadecimal(String digits) {
    return digits.matches("[0-9A-Fa-f]{2}")
        ? Optional.of(Integer.parseInt(digits, 16))
        : Optional.empty();
  }

  /**
   * Reads the rows.
   *
   * @param columns to read; those that the file does not have are missing in every row
   * @throws IOException when the storage cannot be reached
   * @throws InvalidInputException when the rows cannot be decoded
   */
  public void read(Set<String> columns, RowConsumer consumer) throws IOException {
    List<Type> wanted =
        schema.getFields().stream().filter(type -> columns.contains(type.getName())).toList();
    if (wanted.isEmpty()) {
      return;
    }
    MessageType projection = new MessageType(schema.getName(), wanted);
    Configuration projecting = new Configuration(hadoop);
    projecting.set(ReadSupport.PARQUET_READ_SCHEMA, projection.toString());
    try (ParquetReader<Group> rows =
        ParquetReader.builder(new GroupReadSupport(), file.path()).withConf(projecting).build()) {
      for (Group row = next(rows); row != null; row = next(rows)) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int field = 0; field < wanted.size(); field++) {
          if (row.getFieldRepetitionCount(field) > 0) {
            values.put(wanted.get(field).getName(), value(row, field, wanted.get(field)));
          }
        }
        consumer.accept(values);
      }
    }
  }

  private Group next(ParquetReader<Group> rows) throws IOException {
    try {
      return rows.read();
    } catch (RuntimeException e) {
      throw new InvalidInputException("%s: its rows cannot be read".formatted(file.path()), e);
    }
  }

  private static Object value(Group row, int field, Type type) {
    return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case DOUBLE -> row.getDouble(field, 0);
      case INT32 -> row.getInteger(field, 0);
      case INT64 -> row.getLong(field, 0);
      case BOOLEAN -> row.getBoolean(field, 0);
      default -> new String(row.getBinary(field, 0).getBytes(), StandardCharsets.UTF_8);
    };
  }
}
