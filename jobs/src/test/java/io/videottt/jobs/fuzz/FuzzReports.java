package io.videottt.jobs.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.adaptation.method.Methods;
import io.videottt.base.Sha256;
import io.videottt.jobs.report.ReportWriter;
import io.videottt.jobs.report.TableFiles;
import io.videottt.jobs.results.FrameColumns;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.jobs.runtime.FailureMessages;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.SparkSession;

/**
 * The reader of results in Spark: unit files that are Parquet in every byte, whose columns and rows
 * may be anything. An input is what their random choices begin with.
 */
final class FuzzReports {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** How many ordinary inputs a report takes the time of. */
  private static final int PRICE = 40;

  /** One of so many columns is left out or of another type. */
  private static final int ODD_COLUMN = 400;

  /** One of so many values is odd. */
  private static final int ODD_VALUE = 12;

  /** Changes nothing: a right file. */
  private static final byte[] RIGHT = {0};

  private static final List<String> TEXTS =
      List.of(
          "",
          "{}",
          "{\"window\": 3, \"a\": {\"b\": [1]}}",
          "{",
          "[".repeat(2000),
          "{\"a\":1,\"a\":2}",
          "../../x",
          "<script>alert(1)</script>",
          "=1+1",
          "\u001b[2J",
          "\\input{x}",
          "v".repeat(3000));
  private static final long[] INTEGERS = {
    0,
    1,
    -1,
    2,
    3,
    255,
    65_536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final double[] DECIMALS = {
    0, -0.0, 1, -1, 50, 100, 1e308, -1e308, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY
  };

  private final SparkSession spark;
  private final Unit unit = SyntheticResults.unit("a", Methods.ONLINE_TTT_MAE, 0);

  private FuzzReports(SparkSession spark) {
    this.spark = spark;
  }

  static FuzzTarget of(SparkSession spark) {
    FuzzReports reports = new FuzzReports(spark);
    return new FuzzTarget(
            "report-rows",
            FuzzGrammar.BYTES,
            List.of(RIGHT),
            List.of(),
            2,
            (input, folder) -> reports.report(input, folder))
        .costing(PRICE)
        .allocating()
        .leaving(FuzzReports::opens);
  }

  private String report(byte[] input, Path folder) throws IOException {
    Path results = folder.resolve("results");
    // A sound one beside it, so that there is always something to tell.
    new SyntheticResults(results)
        .write(
            SyntheticResults.unit("a", Methods.MAE_JOINT_TRAINING, 0),
            SyntheticResults.frame(0, "012", "011"));
    write(
        input,
        Path.of(
            new ResultsFolder(results.toString(), new Configuration()).metricsFile(unit).toUri()));
    try {
      new ReportWriter(spark, new PrintWriter(new StringWriter()))
          .write(results.toString(), Optional.empty(), folder.resolve("report").toString());
      return "";
    } catch (RuntimeException e) {
      return FailureMessages.describe(e);
    }
  }

  private void write(byte[] input, Path file) throws IOException {
    boolean right = Arrays.equals(input, RIGHT);
    Random random = new Random(Arrays.hashCode(input));
    List<Type> fields = new ArrayList<>();
    for (Type field : FrameColumns.MESSAGE.getFields()) {
      switch (right ? 2 : random.nextInt(ODD_COLUMN)) {
        case 0 -> {
          // Left out.
        }
        case 1 -> fields.add(other(field, random));
        default -> fields.add(field);
      }
    }
    MessageType schema = new MessageType("metrics", fields);
    Files.createDirectories(file.getParent());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withType(schema)
            .withExtraMetaData(Map.of(MetricsSchema.UNIT_KEY, unit.description()))
            .build()) {
      for (int row = right ? 1 : random.nextInt(4); row > 0; row--) {
        Group group = new SimpleGroup(schema);
        for (Type field : fields) {
          fill(group, field, right ? null : random, row);
        }
        writer.write(group);
      }
    }
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }

  private static Type other(Type field, Random random) {
    if (random.nextBoolean() && field.isPrimitive()) {
      Type.Repetition repetition =
          random.nextBoolean() ? Type.Repetition.OPTIONAL : Type.Repetition.REPEATED;
      return new PrimitiveType(
          repetition, field.asPrimitiveType().getPrimitiveTypeName(), field.getName());
    }
    PrimitiveTypeName[] types = {
      PrimitiveTypeName.INT32,
      PrimitiveTypeName.INT64,
      PrimitiveTypeName.DOUBLE,
      PrimitiveTypeName.FLOAT,
      PrimitiveTypeName.BOOLEAN,
      PrimitiveTypeName.BINARY
    };
    return new PrimitiveType(
        Type.Repetition.OPTIONAL, types[random.nextInt(types.length)], field.getName());
  }

  /** Gives a field its value; null draws none, and gives right ones. */
  private void fill(Group group, Type field, Random random, int row) {
    boolean empty = random == null || random.nextInt(3) == 0;
    if (!field.isRepetition(Type.Repetition.REQUIRED) && empty) {
      return;
    }
    if (field.isPrimitive()) {
      add(group, field.asPrimitiveType(), random, row);
      return;
    }
    Group list = group.addGroup(field.getName());
    GroupType repeated = field.asGroupType().getType(0).asGroupType();
    for (int i = random.nextInt(4); i > 0; i--) {
      Group entry = list.addGroup(repeated.getName());
      Type element = repeated.getType(0);
      if (element.isPrimitive()) {
        add(entry, element.asPrimitiveType(), random, row);
      } else {
        Group members = entry.addGroup(element.getName());
        element
            .asGroupType()
            .getFields()
            .forEach(m -> add(members, m.asPrimitiveType(), random, row));
      }
    }
  }

  private void add(Group group, PrimitiveType field, Random random, int row) {
    boolean odd = random != null && random.nextInt(ODD_VALUE) == 0;
    long integer = odd ? INTEGERS[random.nextInt(INTEGERS.length)] : usual(field.getName(), row);
    double decimal = odd ? DECIMALS[random.nextInt(DECIMALS.length)] : 1;
    String name = field.getName();
    switch (field.getPrimitiveTypeName()) {
      case INT32 -> group.append(name, (int) integer);
      case INT64 -> group.append(name, integer);
      case DOUBLE -> group.append(name, decimal);
      case FLOAT -> group.append(name, (float) decimal);
      case BOOLEAN -> group.append(name, odd);
      default -> group.append(name, Binary.fromString(odd ? text(random) : word(name)));
    }
  }

  private static long usual(String name, int row) {
    return name.equals(MetricsSchema.FRAME_INDEX)
        ? row
        : name.equals(MetricsSchema.CLASS_COUNT) ? 3 : 1;
  }

  private static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private String word(String name) {
    return switch (name) {
      case MetricsSchema.UNIT_ID -> unit.id();
      case MetricsSchema.SPLIT -> unit.split();
      case MetricsSchema.MODEL -> unit.model();
      case MetricsSchema.MODEL_FINGERPRINT -> unit.adaptation().modelFingerprint();
      case MetricsSchema.VARIANT -> "";
      case MetricsSchema.SETTINGS -> "{}";
      default -> "word";
    };
  }

  /** A report that is there is whole: its list names files that are as they were written. */
  private static void opens(Path folder) throws IOException {
    Path report = folder.resolve("report");
    if (!Files.exists(report)) {
      return;
    }
    JsonNode list = MAPPER.readTree(Files.readAllBytes(report.resolve(TableFiles.LIST)));
    if (!list.has(ReportWriter.PAGE)) {
      throw new IllegalStateException("there is no page in the list");
    }
    for (Map.Entry<String, JsonNode> file : list.properties()) {
      byte[] bytes = Files.readAllBytes(report.resolve(file.getKey()));
      if (!Sha256.of(bytes).equals(file.getValue().textValue())) {
        throw new IllegalStateException(file.getKey() + " is not what was written");
      }
    }
  }
}
