package io.videottt.model.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import io.videottt.io.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads and writes named tensors in the safetensors format. */
public final class Safetensors {

  private static final int CHUNK = 1 << 20;

  private Safetensors() {}

  /**
   * Reads all tensors of floating-point type; others (index tables) are left out.
   *
   * @param manager that they are attached to, on its device, as float32
   * @return in the order of the file
   * @throws InvalidInputException when the file is missing, damaged, truncated, of another format,
   *     or holds a NaN or an infinity
   */
  public static Map<String, NDArray> read(Path file, Configuration hadoop, NDManager manager) {
    return read(file, hadoop, manager, name -> true);
  }

  /** As {@link #read(Path, Configuration, NDManager)}, the wanted tensors only. */
  public static Map<String, NDArray> read(
      Path file, Configuration hadoop, NDManager manager, Predicate<String> wanted) {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    try {
      FileSystem fileSystem = Storage.of(file, hadoop).fileSystem();
      try (FSDataInputStream stream = fileSystem.open(file)) {
        long length = fileSystem.getFileStatus(file).getLen();
        for (SafetensorsHeader.Entry entry : header(stream, length, file.toString())) {
          if (wanted.test(entry.name()) && entry.type().contains("F")) {
            tensors.put(entry.name(), tensor(stream, entry, file, manager));
          }
        }
      }
      return tensors;
    } catch (IOException | RuntimeException e) {
      tensors.values().forEach(NDArray::close);
      throw e instanceof IOException cause ? Storage.unreadable(file, cause) : runtime(e);
    }
  }

  /**
   * The tensors of a file without their values.
   *
   * @throws InvalidInputException when the file is missing, damaged, truncated or of another format
   */
  public static List<SafetensorsHeader.Entry> contents(Path file, Configuration hadoop) {
    try {
      FileSystem fileSystem = Storage.of(file, hadoop).fileSystem();
      try (FSDataInputStream stream = fileSystem.open(file)) {
        return header(stream, fileSystem.getFileStatus(file).getLen(), file.toString());
      }
    } catch (IOException e) {
      throw Storage.unreadable(file, e);
    }
  }

  /**
   * Writes tensors as float32; the file appears whole or not at all.
   *
   * @return the SHA-256 of the file's bytes, as hexadecimal digits
   * @throws InvalidInputException when the file cannot be written
   */
  public static String write(Path file, Configuration hadoop, Map<String, NDArray> tensors) {
    ObjectNode table = new ObjectMapper().createObjectNode();
    table.putObject("__metadata__").put("format", "pt");
    long offset = 0;
    for (Map.Entry<String, NDArray> tensor : tensors.entrySet()) {
      ObjectNode entry = table.putObject(tensor.getKey());
      entry.put("dtype", "F32");
      for (long size : tensor.getValue().getShape().getShape()) {
        entry.withArray("shape").add(size);
      }
      entry.withArray("shape");
      long end = offset + 4 * tensor.getValue().size();
      entry.withArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    // The format wants the tensors aligned: the table is filled up with spaces.
    byte[] json = table.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + 7) / 8 * 8;
    MessageDigest digest = Sha256.digest();
    try {
      Storage.of(file, hadoop)
          .write(
              file,
              plain -> {
                OutputStream stream = new DigestOutputStream(plain, digest);
                stream.write(littleEndian(8).putLong(padded).array());
                stream.write(json);
                stream.write(" ".repeat(padded - json.length).getBytes(StandardCharsets.UTF_8));
                for (NDArray tensor : tensors.values()) {
                  write(stream, tensor);
                }
              });
    } catch (IOException e) {
      throw Storage.unwritable(file, e);
    }
    return Sha256.hex(digest);
  }

  private static void write(OutputStream stream, NDArray tensor) throws IOException {
    ByteBuffer values = tensor.toType(DataType.FLOAT32, false).toByteBuffer();
    byte[] chunk = new byte[CHUNK];
    while (values.hasRemaining()) {
      int count = Math.min(CHUNK, values.remaining());
      values.get(chunk, 0, count);
      stream.write(chunk, 0, count);
    }
  }

  private static List<SafetensorsHeader.Entry> header(
      FSDataInputStream stream, long fileLength, String source) throws IOException {
    byte[] start = new byte[8];
    if (fileLength < start.length) {
      throw new InvalidInputException(
          source + " is no safetensors file or truncated: it has " + fileLength + " bytes");
    }
    stream.readFully(0, start);
    long headerLength = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (headerLength < 2
        || headerLength > SafetensorsHeader.LARGEST_HEADER
        || headerLength > fileLength - start.length) {
      throw new InvalidInputException(
          source
              + " is no safetensors file or truncated: its table of contents would take "
              + Long.toUnsignedString(headerLength)
              + " of "
              + fileLength
              + " bytes, of which at most "
              + SafetensorsHeader.LARGEST_HEADER
              + " are read");
    }
    byte[] json = new byte[(int) headerLength];
    stream.readFully(start.length, json);
    return SafetensorsHeader.parse(json, start.length + headerLength, fileLength, source);
  }

  private static NDArray tensor(
      FSDataInputStream stream, SafetensorsHeader.Entry entry, Path file, NDManager manager)
      throws IOException {
    int elements = Math.toIntExact(entry.shape().size());
    ByteBuffer floats = ByteBuffer.allocateDirect(4 * elements).order(ByteOrder.nativeOrder());
    FloatBuffer values = floats.asFloatBuffer();
    byte[] chunk = new byte[Math.min(CHUNK, entry.bytes())];
    stream.seek(entry.start());
    for (int read = 0; read < entry.bytes(); read += chunk.length) {
      int count = Math.min(chunk.length, entry.bytes() - read);
      stream.readFully(chunk, 0, count);
      FloatDecoder.decode(
          ByteBuffer.wrap(chunk, 0, count).order(ByteOrder.LITTLE_ENDIAN), entry.type(), values);
    }
    for (int i = 0; i < elements; i++) {
      if (!Float.isFinite(values.get(i))) {
        throw new InvalidInputException(
            file + ": " + entry.name() + " holds " + values.get(i) + "; the weights are damaged");
      }
    }
    // The copy is owned by the engine: autograd must not see memory that Java may free.
    try (NDArray borrowed = manager.create(floats, entry.shape(), DataType.FLOAT32)) {
      return borrowed.duplicate();
    }
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static RuntimeException runtime(Exception e) {
    return (RuntimeException) e;
  }
}
