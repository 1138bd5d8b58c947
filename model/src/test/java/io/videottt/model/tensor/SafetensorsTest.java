package io.videottt.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.base.InvalidInputException;
import io.videottt.model.folder.Fixture;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

  @TempDir private Path folder;
  private Path file;
  private NDManager manager;

  @BeforeEach
  void open() {
    file = folder.resolve("tensors.safetensors");
    manager = NDManager.newBaseManager("PyTorch");
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void readsWhatItWrote() {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    tensors.put("b", manager.arange(6f).reshape(2, 3));
    tensors.put("a", manager.full(new Shape(), 7f));
    Safetensors.write(Fixture.hadoopPath(file), new Configuration(), tensors);
    Map<String, NDArray> read = read();
    assertThat(read.keySet()).containsExactly("b", "a");
    assertThat(read.get("b").getShape()).isEqualTo(new Shape(2, 3));
    assertThat(read.get("b").toFloatArray()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(read.get("a").getShape()).isEqualTo(new Shape());
    assertThat(read.get("a").getFloat()).isEqualTo(7);
  }

  @Test
  void widensHalfPrecision() throws IOException {
    byte[] data = new byte[] {0x00, 0x3c, 0x00, (byte) 0xc0, 0x01, 0x00, (byte) 0x80, 0x3f};
    write(
        """
        {"half":{"dtype":"F16","shape":[3],"data_offsets":[0,6]},
         "brain":{"dtype":"BF16","shape":[1],"data_offsets":[6,8]}}""",
        data);
    Map<String, NDArray> read = read();
    assertThat(read.get("half").toFloatArray()).containsExactly(1f, -2f, (float) Math.pow(2, -24));
    assertThat(read.get("brain").toFloatArray()).containsExactly(1f);
  }

  @Test
  void leavesOutIndexTables() throws IOException {
    write("{\"index\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", new byte[8]);
    assertThat(read()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json at all",
        "[1, 2]",
        "{\"a\":{}}",
        "{\"a\":{\"dtype\":\"F4\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,-8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536,65536,65536],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}}",
      })
  void refusesAnImpossibleTable(String table) throws IOException {
    write(table, new byte[8]);
    assertRefused();
  }

  @Test
  void refusesAnAbsurdTableLengthWithoutAllocatingIt() throws IOException {
    for (long length : new long[] {-1, 0, 1, Long.MAX_VALUE, 90_000_000}) {
      Files.write(
          file, ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
      assertRefused();
    }
  }

  @Test
  void refusesNumbersThatAreNone() throws IOException {
    byte[] nan = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(Float.NaN).array();
    write("{\"weight\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", nan);
    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("weight holds NaN");
  }

  @Test
  void refusesATableOfMoreThanItReads() throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(90_000_000).array());
      sparse.setLength(91_000_000);
    }
    assertThatThrownBy(this::read)
        .hasMessageEndingWith("90000000 of 91000000 bytes, of which at most 16777216 are read");
  }

  /** Tables of nothing but keys, objects or brackets, as large as is read. */
  @Test
  @Timeout(180)
  void largeTablesOfNothingEndInOneLine() throws IOException {
    int size = 16_000_000;
    StringBuilder keys = new StringBuilder("{\"__metadata__\":{");
    StringBuilder tensors = new StringBuilder("{");
    for (int i = 0; keys.length() < size; i++) {
      keys.append('"').append(i).append("\":1,");
      if (tensors.length() < size) {
        tensors
            .append('"')
            .append(i)
            .append("\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},");
      }
    }
    for (String table :
        List.of(
            keys.toString(),
            tensors.toString(),
            "[".repeat(size),
            "{\"a\":".repeat(size / 5),
            "{\"a\":{\"shape\":[" + "1,".repeat(size / 2),
            "{\"a\":{\"x\":" + "9".repeat(size),
            "{\"" + "a".repeat(size))) {
      write(table, new byte[0]);
      assertThatThrownBy(this::read)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("tensors.safetensors")
          .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
          .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(500));
    }
  }

  @Test
  void refusesATensorThatStandsTwice() throws IOException {
    String entry = "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
    write("{" + entry + "," + entry + "}", new byte[4]);
    assertThatThrownBy(this::read).hasMessageContaining("Duplicate field 'a'");
  }

  private void assertRefused() {
    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tensors.safetensors");
  }

  private Map<String, NDArray> read() {
    return Safetensors.read(Fixture.hadoopPath(file), new Configuration(), manager);
  }

  private void write(String table, byte[] data) throws IOException {
    byte[] json = table.getBytes(StandardCharsets.UTF_8);
    Files.write(
        file,
        ByteBuffer.allocate(8 + json.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .put(data)
            .array());
  }
}
