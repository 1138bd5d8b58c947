package io.videottt.jobs.results;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Type of a column of the metrics table: in Parquet, in Spark and in words. */
sealed interface ColumnType {

  /** Name that Parquet's lists give to their elements. */
  String ELEMENT = "element";

  /** The field of a Parquet schema. */
  Type parquet(Type.Repetition repetition, String name);

  /** What Spark reads it as. */
  DataType spark();

  /** Writes a value, as {@link Scalar}, {@link ListOf} and {@link Struct} say what it is. */
  void write(RecordConsumer consumer, Object value);

  /** What readers of the documentation call it. */
  String words();

  /** One value: a String, a {@code byte[]} or a box of the type's name. */
  enum Scalar implements ColumnType {
    TEXT("text", PrimitiveTypeName.BINARY, DataTypes.StringType) {
      @Override
      public Type parquet(Type.Repetition repetition, String name) {
        return Types.primitive(PrimitiveTypeName.BINARY, repetition).as(stringType()).named(name);
      }

      @Override
      public void write(RecordConsumer consumer, Object value) {
        consumer.addBinary(Binary.fromString((String) value));
      }
    },
    BYTES("bytes", PrimitiveTypeName.BINARY, DataTypes.BinaryType) {
      @Override
      public void write(RecordConsumer consumer, Object value) {
        consumer.addBinary(Binary.fromConstantByteArray((byte[]) value));
      }
    },
    BOOLEAN("boolean", PrimitiveTypeName.BOOLEAN, DataTypes.BooleanType) {
      @Override
      public void write(RecordConsumer consumer, Object value) {
        consumer.addBoolean((Boolean) value);
      }
    },
    INTEGER("int", PrimitiveTypeName.INT32, DataTypes.IntegerType) {
      @Override
      public void write(RecordConsumer consumer, Object value) {
        consumer.addInteger((Integer) value);
      }
    },
    LONG("long", PrimitiveTypeName.INT64, DataTypes.LongType) {
      @Override
      public void write(RecordConsumer consumer, Object value) {
        consumer.addLong((Long) value);
      }
    },
    FLOAT("float", PrimitiveTypeName.FLOAT, DataTypes.FloatType) {
      @Override
      public void write(RecordConsumer consumer, Object value) {
        consumer.addFloat((Float) value);
      }
    },
    DOUBLE("double", PrimitiveTypeName.DOUBLE, DataTypes.DoubleType) {
      @Override
      public void write(RecordConsumer consumer, Object value) {
        consumer.addDouble((Double) value);
      }
    };

    private final String words;
    private final PrimitiveTypeName parquet;
    private final DataType spark;

    Scalar(String words, PrimitiveTypeName parquet, DataType spark) {
      this.words = words;
      this.parquet = parquet;
      this.spark = spark;
    }

    @Override
    public Type parquet(Type.Repetition repetition, String name) {
      return Types.primitive(parquet, repetition).named(name);
    }

    @Override
    public DataType spark() {
      return spark;
    }

    @Override
    public String words() {
      return words;
    }
  }

  /**
   * Values of one type, none of them null: a {@link List}.
   *
   * @param element the type
   */
  record ListOf(ColumnType element) implements ColumnType {

    private static final String ENTRY = "list";

    @Override
    public Type parquet(Type.Repetition repetition, String name) {
      return Types.list(repetition)
          .element(element.parquet(Type.Repetition.REQUIRED, ELEMENT))
          .named(name);
    }

    @Override
    public DataType spark() {
      return DataTypes.createArrayType(element.spark());
    }

    @Override
    public void write(RecordConsumer consumer, Object value) {
      List<?> values = (List<?>) value;
      consumer.startGroup();
      if (!values.isEmpty()) {
        consumer.startField(ENTRY, 0);
        for (Object each : values) {
          consumer.startGroup();
          consumer.startField(ELEMENT, 0);
          element.write(consumer, each);
          consumer.endField(ELEMENT, 0);
          consumer.endGroup();
        }
        consumer.endField(ENTRY, 0);
      }
      consumer.endGroup();
    }

    @Override
    public String words() {
      return "list of " + element.words();
    }
  }

  /**
   * A member of a {@link Struct}, never null.
   *
   * @param name its name
   * @param type its type
   */
  record Member(String name, ColumnType type) {}

  /**
   * Named values together: a {@link List} of them in the order of the members.
   *
   * @param members at least one
   */
  record Struct(List<Member> members) implements ColumnType {

    Struct(Member... members) {
      this(List.of(members));
    }

    @Override
    public Type parquet(Type.Repetition repetition, String name) {
      Types.GroupBuilder<GroupType> group = Types.buildGroup(repetition);
      members.forEach(
          member -> group.addField(member.type().parquet(Type.Repetition.REQUIRED, member.name())));
      return group.named(name);
    }

    @Override
    public DataType spark() {
      StructType type = new StructType();
      for (Member member : members) {
        type = type.add(member.name(), member.type().spark());
      }
      return type;
    }

    @Override
    public void write(RecordConsumer consumer, Object value) {
      List<?> values = (List<?>) value;
      if (values.size() != members.size()) {
        throw new IllegalArgumentException(
            "%d values for the %d members %s".formatted(values.size(), members.size(), members));
      }
      consumer.startGroup();
      for (int place = 0; place < members.size(); place++) {
        Member member = members.get(place);
        consumer.startField(member.name(), place);
        member.type().write(consumer, values.get(place));
        consumer.endField(member.name(), place);
      }
      consumer.endGroup();
    }

    @Override
    public String words() {
      return members.stream()
          .map(member -> member.name() + " " + member.type().words())
          .collect(Collectors.joining(", ", "(", ")"));
    }
  }
}
